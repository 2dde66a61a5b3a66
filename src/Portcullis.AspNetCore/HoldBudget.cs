namespace Portcullis.AspNetCore;

/// <summary>The bytes all held bodies may take together, counted until they are flushed.</summary>
public sealed class HoldBudget
{
    private long _held;

    /// <summary>Bytes held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Takes bytes from the budget; false when they do not fit, and then nothing is taken.</summary>
    public bool TryTake(int bytes, long total)
    {
        if (Interlocked.Add(ref _held, bytes) <= total)
        {
            return true;
        }
        Interlocked.Add(ref _held, -bytes);
        return false;
    }

    public void Return(int bytes) => Interlocked.Add(ref _held, -bytes);
}
