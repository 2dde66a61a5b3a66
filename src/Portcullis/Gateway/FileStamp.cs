using System.Globalization;

namespace Portcullis.Gateway;

/// <summary>
/// Which files stand at some paths, with time and size, in one text: differs when one was changed or a link leads elsewhere. Also works on
/// mounted volumes where notifications do not, and where an orchestrator changes files by moving a link.
/// </summary>
internal static class FileStamp
{
    public static string Of(IEnumerable<string> paths) => string.Join('|', paths.Select(Of));

    private static string Of(string path)
    {
        try
        {
            var link = new FileInfo(path);
            var file = (FileInfo?)link.ResolveLinkTarget(returnFinalTarget: true) ?? link;
            return file.Exists
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}:{file.FullName}:{file.LastWriteTimeUtc.Ticks}:{file.Length}"
                )
                : path + ":none";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Links that lead in a circle, a folder that may not be entered.
            return path + ":none";
        }
    }
}
