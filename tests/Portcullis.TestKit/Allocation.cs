namespace Portcullis.TestKit;

/// <summary>
/// Bytes that code allocates on its thread once it is warm. The least of several rounds counts: what the runtime allocates on the side
/// (compiling a method again, counting its calls) comes and goes, what the code allocates is in every round.
/// </summary>
public static class Allocation
{
    private const int Attempts = 10;

    /// <param name="once">What is measured.</param>
    /// <param name="times">How often one round does it.</param>
    /// <param name="warmUp">How often it is done before the first round.</param>
    public static long OfARound(Action once, int times = 100, int warmUp = 200)
    {
        ArgumentNullException.ThrowIfNull(once);
        Repeat(once, warmUp);
        var least = long.MaxValue;
        for (var i = 0; i < Attempts && least > 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Repeat(once, times);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }

    private static void Repeat(Action once, int times)
    {
        for (var i = 0; i < times; i++)
        {
            once();
        }
    }
}
