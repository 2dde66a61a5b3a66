using Portcullis.Core.Policy.Compiling;

namespace Portcullis.Gateway;

/// <summary>Keeps contracts between the two looks at a policy that a start takes: reading them is the costly part of it.</summary>
internal sealed class ContractMemory
{
    private readonly Dictionary<string, (ContractReading Contract, string Stamp)> _kept = [];

    /// <summary>True while what was read is to be used again; setting it forgets what is there.</summary>
    public bool IsKept
    {
        get;
        set
        {
            field = value;
            _kept.Clear();
        }
    }

    /// <summary>Reads a contract, once while kept.</summary>
    public ContractReading Read(string path)
    {
        // Restoring a data folder takes its time, in which files may be changed.
        if (_kept.TryGetValue(path, out var known) && known.Stamp == FileStamp.Of(known.Contract.Files))
        {
            return known.Contract;
        }
        var contract = ContractFiles.Read(path);
        if (IsKept)
        {
            _kept[path] = (contract, FileStamp.Of(contract.Files));
        }
        return contract;
    }
}
