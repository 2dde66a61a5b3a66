namespace Portcullis.Core.Traffic;

/// <summary>Whether verdicts are carried out or only recorded.</summary>
public enum Mode : byte
{
    /// <summary>The same hold and commit; the would-be verdict is recorded and the exchange passes.</summary>
    Monitor = 0,
    Enforce = 1,
}
