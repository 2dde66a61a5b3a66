using Portcullis.Core;

namespace Portcullis.Analysis.Inventory;

/// <summary>Names of data classes for people, from the bits that journals carry.</summary>
public static class DataClassNames
{
    /// <summary>Names of the classes in a set, in the order of their bits; a bit of another build is named by its number.</summary>
    public static IReadOnlyList<string> Of(ulong classes)
    {
        var names = new List<string>();
        for (var bit = 0; bit < 64; bit++)
        {
            if ((classes & (1UL << bit)) != 0)
            {
                names.Add(Catalog.DataClasses.FirstOrDefault(item => item.Bit == bit)?.Id ?? $"class-{bit}");
            }
        }
        return names;
    }
}
