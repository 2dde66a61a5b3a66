namespace Portcullis.Drills.Replay;

/// <summary>How large a replay is.</summary>
public enum ReplayScale
{
    /// <summary>Thousands of people, in process, in seconds.</summary>
    Ci,

    /// <summary>Through real sockets.</summary>
    Wire,

    /// <summary>At the incident's real counts, items already extracted instead of bodies.</summary>
    Full,
}
