using Portcullis.Commands;
using Xunit;

namespace Portcullis.Tests.Commands;

/// <summary>Rows as a terminal of some width shows them.</summary>
public sealed class CommandTableTests : IDisposable
{
    private const string Hash = "2ca927944e7399bff6293ba7cd167842";

    private static readonly string[] Columns = ["caller", "rung", "people", "received", "note", ""];

    private static readonly string[][] Rows =
    [
        [Hash, "account", "250", "account-id, person-name, email, phone, postal-address, birth-date, imsi", "–", "restricted"],
    ];

    private readonly StringWriter _output = new();

    private string[] Lines => _output.ToString().TrimEnd('\n').Split('\n');

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_wider_than_the_terminal_and_no_word_is_broken(int width)
    {
        CommandTable.Write(_output, width, Columns, Rows, title: 1);

        Assert.All(Lines, line => Assert.InRange(line.Length, 1, width));
        Assert.Equal(Hash, Lines[0]);
        Assert.All(Rows[0][3].Split(", "), word => Assert.Contains(word, _output.ToString()));
        Assert.DoesNotContain("note", _output.ToString());
        Assert.Contains("restricted", _output.ToString());
    }

    [Fact]
    public void A_wide_terminal_gets_a_table_with_a_row_a_line()
    {
        CommandTable.Write(_output, 200, Columns, Rows, title: 1);

        Assert.Contains(Lines, line => line.Contains(Hash) && line.Contains("imsi") && line.Contains("restricted"));
    }

    [Fact]
    public void A_pipe_gets_a_row_a_line_however_long()
    {
        CommandTable.Write(_output, null, Columns, Rows, title: 1);

        Assert.Contains(Lines, line => line.Contains(Hash) && line.Contains("imsi"));
    }

    [Fact]
    public void A_sentence_breaks_between_words_and_keeps_its_indent()
    {
        CommandText.Write(_output, 24, "rule  ", "one two three four five six");

        Assert.Equal(["rule  one two three four", "      five six"], Lines);
    }

    public void Dispose() => _output.Dispose();
}
