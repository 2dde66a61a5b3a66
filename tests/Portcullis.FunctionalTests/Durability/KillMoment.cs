namespace Portcullis.FunctionalTests.Durability;

/// <summary>What the gateway is busy with when it is killed.</summary>
internal enum KillMoment
{
    /// <summary>Answering.</summary>
    Load = 0,

    /// <summary>Starting: making or restoring its data folder.</summary>
    StartUp = 1,

    /// <summary>Loading a changed policy, under load.</summary>
    Reload = 2,

    /// <summary>Committing its stores, under load.</summary>
    StoreCommit = 3,
}
