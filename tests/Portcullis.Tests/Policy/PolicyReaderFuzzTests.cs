using CsCheck;
using Portcullis.Core.Policy.Reading;
using Xunit;

namespace Portcullis.Tests.Policy;

public sealed class PolicyReaderFuzzTests
{
    private static readonly string Example = File.ReadAllText(RepositoryFolder.Of("portcullis.example.yaml"));

    private static readonly string[] Pieces =
    [
        "\t",
        "\n",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!!x ",
        "\"",
        "'",
        "|",
        ">",
        "#",
        "\0",
        "é",
        "<<: ",
        "---\n",
        "? ",
        ",",
        "%",
    ];

    [Fact]
    public void Never_throws_on_a_damaged_policy_and_every_error_has_a_line() =>
        Gen.Select(Gen.Int[0, Example.Length - 1], Gen.Int[0, 40], Gen.Int[0, Pieces.Length - 1])
            .Sample(
                (at, cut, piece) =>
                {
                    var text = string.Concat(
                        Example.AsSpan(0, at),
                        Pieces[piece],
                        Example.AsSpan(Math.Min(Example.Length, at + cut))
                    );

                    foreach (var error in PolicyReader.Read(text, "p.yaml").Errors)
                    {
                        Assert.InRange(error.Origin.Line, 1, text.Count(c => c == '\n') + 2);
                        Assert.NotEmpty(error.Message);
                    }
                },
                iter: 3_000
            );
}
