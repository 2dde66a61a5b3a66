using System.Globalization;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>What a kill drill did and found.</summary>
internal sealed class KillDrillTally
{
    public int Kills { get; set; }

    public int Load { get; set; }

    public int StartUp { get; set; }

    public int Reload { get; set; }

    public int StoreCommit { get; set; }

    /// <summary>Whole answers the clients had.</summary>
    public int Answers { get; set; }

    /// <summary>Pairs of caller and person received for the first time.</summary>
    public int Received { get; set; }

    /// <summary>Unread answers of which at least one byte came.</summary>
    public int Streamed { get; set; }

    public int TornTails { get; set; }

    /// <summary>Most people one caller received in one data folder.</summary>
    public int MostOfCaller { get; set; }

    /// <summary>Most people the pool received in one data folder.</summary>
    public int MostOfPool { get; set; }

    /// <summary>Received and not in the ledger.</summary>
    public int Missed { get; set; }

    /// <summary>Unread answers received and not listed.</summary>
    public int Unlisted { get; set; }

    /// <summary>Most people beyond a budget.</summary>
    public int Overshoot { get; set; }

    /// <summary>Every broken promise.</summary>
    public List<string> Broken { get; } = [];

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"kills {Kills} (load {Load}, start-up {StartUp}, reload {Reload}, store commit {StoreCommit}); answers {Answers}, releases {Received}, unread {Streamed}, most of a caller {MostOfCaller}, of the pool {MostOfPool}; torn tails {TornTails}; missed {Missed}, unlisted {Unlisted}, overshoot {Overshoot}, broken promises {Broken.Count}"
        );
}
