namespace Portcullis.Demo;

/// <summary>Where the report goes: tried before the demo plays, so that nobody waits for a report that cannot be written.</summary>
internal sealed class DemoReportFile
{
    private const string Usual = "portcullis-demo.html";

    private DemoReportFile(string path) => Path = path;

    public string Path { get; }

    /// <param name="asked">The file asked for; null for the usual name here, or among the temporary files where this folder takes none.</param>
    /// <exception cref="CommandFailure">The file asked for cannot be written.</exception>
    public static DemoReportFile Choose(string? asked) => Choose(asked, Directory.GetCurrentDirectory());

    /// <param name="asked">As above.</param>
    /// <param name="here">The folder that names are relative to.</param>
    public static DemoReportFile Choose(string? asked, string here)
    {
        var path = System.IO.Path.GetFullPath(asked ?? Usual, here);
        if (WhyNot(path) is not { } fault)
        {
            return new DemoReportFile(path);
        }
        if (asked is not null)
        {
            throw Unwritable(path, fault);
        }
        return new DemoReportFile(System.IO.Path.Combine(Directory.CreateTempSubdirectory("portcullis-report-").FullName, Usual));
    }

    /// <exception cref="CommandFailure">It can no longer be written.</exception>
    public void Write(string html)
    {
        try
        {
            File.WriteAllText(Path, html);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(Path, fault);
        }
    }

    private static Exception? WhyNot(string path)
    {
        try
        {
            var isNew = !File.Exists(path);
            File.Open(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (isNew)
            {
                File.Delete(path);
            }
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault;
        }
    }

    private static CommandFailure Unwritable(string path, Exception fault) =>
        CommandFailure.Unreachable(
            $"The report cannot be written to {path}: {fault.Message} Choose another place with --report."
        );
}
