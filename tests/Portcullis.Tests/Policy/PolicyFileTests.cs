using Portcullis.Core.Policy.Compiling;
using Portcullis.Core.Traffic;
using Xunit;

namespace Portcullis.Tests.Policy;

/// <summary>Policies as files: what is there, what is missing, what is no text.</summary>
public sealed class PolicyFileTests
{
    private readonly OperationRegistry _operations = new();

    [Fact]
    public void Loads_the_policies_of_samples_and_documents()
    {
        foreach (var file in (string[])["samples/Portcullis.Sample.Telecom/portcullis.yaml", "portcullis.example.yaml"])
        {
            var loaded = new PolicyLoader().Load(RepositoryFolder.Of(file), [], new OperationRegistry());

            Assert.True(loaded.IsSound, string.Join('\n', loaded.Errors));
        }
    }

    [Fact]
    public void Says_where_a_policy_file_is_missing_or_not_utf8()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.Contains(
            "There is no such file.",
            Assert.Single(new PolicyLoader().Load(file, [], _operations).Errors).Message,
            StringComparison.Ordinal
        );
        File.WriteAllBytes(file, [0x61, 0xFF]);
        try
        {
            Assert.Contains(
                "byte 2",
                Assert.Single(new PolicyLoader().Load(file, [], _operations).Errors).Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Says_on_which_line_a_byte_is_not_utf8()
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, [.. "version: 1\n# caf"u8, 0xE9, (byte)'\n']);

        var origin = Assert.Single(new PolicyLoader().Load(file, [], _operations).Errors).Origin;

        File.Delete(file);
        Assert.Equal((2, 6), (origin.Line, origin.Column));
    }

    [Fact]
    public void Says_that_a_folder_is_no_policy() =>
        Assert.Equal(
            "This is a folder.",
            Assert.Single(new PolicyLoader().Load(Path.GetTempPath(), [], _operations).Errors).Message
        );

    [Fact]
    public void Reads_a_policy_from_a_pipe()
    {
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out);
        pipe.Write("version: 1\nupstreams:\n  - address: http://127.0.0.1:5001\n"u8);
        pipe.SafePipeHandle.Dispose();

        var loaded = new PolicyLoader().Load($"/dev/fd/{pipe.GetClientHandleAsString()}", [], _operations);

        Assert.True(loaded.IsSound, string.Join('\n', loaded.Errors));
    }
}
