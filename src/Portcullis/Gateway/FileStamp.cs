using System.Globalization;

namespace Portcullis.Gateway;

/// <summary>Time and size of files in one text: differs when one was changed, which also works on mounted volumes where notifications do not.</summary>
internal static class FileStamp
{
    public static string Of(IReadOnlyList<string> paths) =>
        string.Join(
            '|',
            paths.Select(path =>
            {
                var file = new FileInfo(path);
                return file.Exists
                    ? string.Create(CultureInfo.InvariantCulture, $"{path}:{file.LastWriteTimeUtc.Ticks}:{file.Length}")
                    : path + ":none";
            })
        );
}
