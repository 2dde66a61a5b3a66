using Xunit;

namespace Portcullis.Tests.Repository;

/// <summary>How a test of the repository reports what it found.</summary>
internal static class Findings
{
    /// <summary>Fails with every finding, one a line.</summary>
    public static void None(IEnumerable<string> findings)
    {
        var all = findings.Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{all.Count} found:\n{string.Join("\n", all)}");
    }
}
