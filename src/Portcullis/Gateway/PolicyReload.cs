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
    private string _stamp = FileStamp.Of(files());

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
        var stamp = FileStamp.Of(files());
        if (stamp == _stamp)
        {
            return false;
        }
        _stamp = stamp;
        IReadOnlyList<PolicyError> errors;
        try
        {
            errors = load();
        }
        catch (IOException fault)
        {
            // Half-written or gone for a moment: the next change of its stamp tries again.
            say($"POLICY NOT CHANGED: {fault.Message} The policy in force stays.");
            return true;
        }
        if (errors.Count == 0)
        {
            say("The changed policy is in force.");
            return true;
        }
        foreach (var error in errors)
        {
            say(error.ToString());
        }
        say($"POLICY NOT CHANGED: {errors.Count} error(s) above. The policy in force stays; mend the file and it is read again.");
        return true;
    }
}
