namespace Portcullis.Drills.Replay;

/// <summary>Does independent work on several threads and gives the results in the order of the work.</summary>
internal static class SideBySide
{
    /// <summary>The results as they can be given in order. When one cannot be had, its exception ends the rest after what is being worked on.</summary>
    /// <param name="work">What to do; each is done on one thread, which is none of the pool.</param>
    /// <param name="threads">How many at once.</param>
    public static IEnumerable<T> Run<T>(IReadOnlyList<Func<T>> work, int threads)
    {
        var results = work.Select(_ => new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        var taken = 0;
        void Take()
        {
            while (Interlocked.Increment(ref taken) is var number && number <= work.Count)
            {
                try
                {
                    results[number - 1].SetResult(work[number - 1]());
                }
#pragma warning disable CA1031 // It belongs to whoever asks for the result.
                catch (Exception fault)
#pragma warning restore CA1031
                {
                    results[number - 1].SetException(fault);
                }
            }
        }
        Thread[] crew =
        [
            .. Enumerable.Range(0, Math.Min(threads, work.Count)).Select(_ => new Thread(Take) { IsBackground = true }),
        ];
        Array.ForEach(crew, thread => thread.Start());
        try
        {
            foreach (var result in results)
            {
                yield return result.Task.GetAwaiter().GetResult();
            }
        }
        finally
        {
            // Whoever stops asking wants no more of it.
            Interlocked.Exchange(ref taken, work.Count);
            Array.ForEach(crew, thread => thread.Join());
        }
    }
}
