using Portcullis.Demo;
using Xunit;

namespace Portcullis.Tests.Demo;

/// <summary>Where the demo's report goes.</summary>
public sealed class DemoReportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("portcullis-report-test-").FullName;

    [Fact]
    public void It_goes_to_this_folder_and_leaves_nothing_there_before_it_is_written()
    {
        Assert.Equal(Path.Combine(_folder, "portcullis-demo.html"), DemoReportFile.Choose(null, _folder).Path);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_report_that_lies_there_is_kept_until_the_new_one_is_written()
    {
        var path = Path.Combine(_folder, "portcullis-demo.html");
        File.WriteAllText(path, "the old one");

        var report = DemoReportFile.Choose(null, _folder);

        Assert.Equal("the old one", File.ReadAllText(path));
        report.Write("new");
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void Where_this_folder_takes_no_file_it_goes_among_the_temporary_ones()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "portcullis-demo.html"));

        var report = DemoReportFile.Choose(null, _folder);

        report.Write("report");
        Assert.Equal("report", File.ReadAllText(report.Path));
        Directory.Delete(Path.GetDirectoryName(report.Path)!, recursive: true);
    }

    [Fact]
    public void A_place_asked_for_that_takes_no_file_is_said_before_the_demo_plays()
    {
        var failure = Assert.Throws<CommandFailure>(() => DemoReportFile.Choose("no/such/folder/r.html", _folder));

        Assert.Equal(ExitCode.Unreachable, failure.ExitCode);
        Assert.Contains("Choose another place with --report.", failure.Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
