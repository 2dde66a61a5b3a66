using Portcullis.Core.Policy;

namespace Portcullis.Gateway;

/// <summary>
/// Puts a changed policy in force without dropping a request. Files are compared by time and size once a second, which also works on
/// mounted volumes where change notifications do not. A bad policy changes nothing and is reported loudly.
/// </summary>
/// <param name="load">Loads policy and contracts as they stand now and puts them in force; returns what is wrong, or nothing.</param>
/// <param name="files">The files to watch, as of the latest load.</param>
/// <param name="say">Where people read what happened.</param>
internal sealed class PolicyReload(Func<IReadOnlyList<PolicyError>> load, Func<IReadOnlyList<string>> files, Action<string> say)
{
    private Dictionary<string, string> _stamps = StampsOf(files());
    private string _outcome = "";

    /// <summary>Looks once a second until cancelled.</summary>
    public async Task WatchAsync(TimeProvider time, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                Look();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested) { }
    }

    /// <summary>Compares and reloads once; true when something had changed.</summary>
    public bool Look()
    {
        var stamps = StampsOf(files());
        var changed = stamps.Where(file => _stamps.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key).ToList();
        if (changed.Count == 0)
        {
            return false;
        }
        // A file that the latest load was the first to name may have changed while it was read: read again, and speak only if it has.
        var isNews = changed.Exists(_stamps.ContainsKey);
        _stamps = stamps;
        var words = Load();
        var outcome = string.Join('\n', words);
        if (isNews || outcome != _outcome)
        {
            words.ForEach(say);
        }
        _outcome = outcome;
        return true;
    }

    private List<string> Load()
    {
        try
        {
            var errors = load();
            return errors.Count == 0
                ? ["The changed policy is in force."]
                :
                [
                    .. errors.Select(error => error.ToString()),
                    $"POLICY NOT CHANGED: {errors.Count} error(s) above. The policy in force stays; mend the file and it is read again.",
                ];
        }
#pragma warning disable CA1031 // Whatever a half-written or hostile file does to its reader, the gateway goes on and goes on looking.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return [$"POLICY NOT CHANGED: {fault.Message} The policy in force stays."];
        }
    }

    private static Dictionary<string, string> StampsOf(IReadOnlyList<string> paths) =>
        paths.ToDictionary(path => path, path => FileStamp.Of([path]), StringComparer.Ordinal);
}
