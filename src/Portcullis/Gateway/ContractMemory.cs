using Portcullis.Core.Policy.Compiling;

namespace Portcullis.Gateway;

/// <summary>Keeps contracts between the two looks at a policy that a start takes: reading them is the costly part of it.</summary>
internal sealed class ContractMemory
{
    private readonly Dictionary<string, ContractReading> _kept = [];

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
        if (_kept.TryGetValue(path, out var known))
        {
            return known;
        }
        var contract = ContractFiles.Read(path);
        if (IsKept)
        {
            _kept.Add(path, contract);
        }
        return contract;
    }
}
