using Portcullis.Core.Journal;

namespace Portcullis.Drills.Replay;

/// <summary>Where the gate of a full-scale run writes its records; the executable brings the journal of the product.</summary>
public interface IReplayJournal : IJournal, IDisposable
{
    /// <summary>What it is, for the report: "segment files", for example.</summary>
    string Kind { get; }

    /// <summary>Returns when every record is where it belongs.</summary>
    void Finish();

    /// <summary>Most bytes of it that were kept at once, in files or in memory.</summary>
    long MostBytesKept { get; }
}
