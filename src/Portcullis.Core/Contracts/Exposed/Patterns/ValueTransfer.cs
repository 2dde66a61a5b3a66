namespace Portcullis.Core.Contracts.Exposed.Patterns;

/// <summary>Money or goods moved by a well-formed call.</summary>
internal sealed class ValueTransfer : ExposurePattern
{
    public override string Id => "value-transfer";

    public override string Breach => "Kronos Research 2023, Coinbase 2022";

    public override string? Why(DeclaredOperation operation, IReadOnlyList<DeclaredOperation> all)
    {
        var word = Array.Find(Words, word => operation.Id.Contains(word, StringComparison.OrdinalIgnoreCase));
        return operation.Method != "GET" && word is not null && FieldWords.AmountIn(operation.RequestFields) is { } amount
            ? $"The operation moves value ('{word}', '{amount}'); whoever holds a key can call it from anywhere."
            : null;
    }

    public override string PolicyLine(DeclaredOperation operation) => ClosingLine(operation, "treasury");

    private static readonly string[] Words = ["transfer", "withdraw", "payout", "payment", "refund", "order", "trade"];
}
