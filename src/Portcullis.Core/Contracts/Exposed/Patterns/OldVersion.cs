namespace Portcullis.Core.Contracts.Exposed.Patterns;

/// <summary>An operation that was left behind and is still served.</summary>
internal sealed class OldVersion : ExposurePattern
{
    public override string Id => "old-version";

    public override string Breach => "Optus 2022 (dormant host), Facebook View As 2018";

    public override string? Why(DeclaredOperation operation, IReadOnlyList<DeclaredOperation> all)
    {
        if (operation.IsDeprecated)
        {
            return "The contract calls it deprecated, and it is still served.";
        }
        var segments = operation.Template.Split('/');
        var word = Array.Find(segments, segment => Array.IndexOf(Words, segment.ToLowerInvariant()) >= 0);
        if (word is not null)
        {
            return $"'{word}' in the path says that it was not meant for everybody.";
        }
        var version = VersionOf(operation);
        return version > 0 && all.Any(other => VersionOf(other) > version && Rest(other) == Rest(operation))
            ? "A newer version of the same operation is declared beside it."
            : null;
    }

    public override string PolicyLine(DeclaredOperation operation) => ClosingLine(operation, "internal");

    private static readonly string[] Words = ["old", "legacy", "beta", "alpha", "test", "internal", "debug", "dev", "staging"];

    private static int VersionOf(DeclaredOperation operation)
    {
        foreach (var segment in operation.Template.Split('/'))
        {
            if (segment.Length is >= 2 and <= 4 && segment[0] == 'v' && int.TryParse(segment.AsSpan(1), out var version))
            {
                return version;
            }
        }
        return 0;
    }

    private static string Rest(DeclaredOperation operation) =>
        operation.Id.Replace($"/v{VersionOf(operation)}", "", StringComparison.Ordinal);
}
