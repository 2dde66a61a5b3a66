using System.Text;
using System.Text.Json;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Expressions;

/// <summary>What the gate itself knows of the caller: whether anonymous, and the rung that was verified.</summary>
internal sealed class CallerOperand(bool asksRung) : Operand
{
    private static readonly byte[] True = "true"u8.ToArray();
    private static readonly byte[] False = "false"u8.ToArray();
    private static readonly byte[][] Rungs =
    [
        .. Enum.GetNames<Rung>().Select(JsonNamingPolicy.CamelCase.ConvertName).Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>The words of <c>caller.rung</c>.</summary>
    public static IEnumerable<string> RungWords => Rungs.Select(Encoding.UTF8.GetString);

    public override int Count(Exchange exchange, int item) => 1;

    public override OperandValue Read(Exchange exchange, int item, int index, Span<byte> scratch) =>
        asksRung
            ? new OperandValue(Rungs[(int)(exchange.Identity?.Rung ?? Rung.Anonymous)])
            : new OperandValue(exchange.IsAnonymous ? True : False);
}
