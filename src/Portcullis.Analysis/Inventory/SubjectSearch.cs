using System.Text;
using Portcullis.Core;
using Portcullis.Core.Classification;
using Portcullis.Core.Hashing;

namespace Portcullis.Analysis.Inventory;

/// <summary>Every key under which a person may be recorded, from one identifier as somebody would type it.</summary>
/// <param name="Keys">Canonical and alias keys, to be looked up together.</param>
/// <param name="Kinds">Data classes the text was read as.</param>
public sealed record SubjectSearch(IReadOnlyList<Key128> Keys, IReadOnlyList<string> Kinds)
{
    private const int MostCharacters = 256;

    /// <summary>The keys of a text. It is read as every class of identifier that could be written like this, and as a plain id.</summary>
    public static SubjectSearch Of(KeyRing ring, string text)
    {
        ArgumentNullException.ThrowIfNull(ring);
        ArgumentNullException.ThrowIfNull(text);
        var value = Encoding.UTF8.GetBytes(text.Trim());
        var keys = new List<Key128>();
        var kinds = new List<string>();
        if (value.Length is 0 or > MostCharacters)
        {
            return new SubjectSearch(keys, kinds);
        }
        foreach (var item in Catalog.DataClasses.Where(item => item.Kind == DataClassKind.Identifier))
        {
            if (item.IsPlausible(value) || item.IsCertain(value))
            {
                keys.Add(SubjectKeys.Subject(ring, item.Bit, value));
                keys.Add(SubjectKeys.Alias(ring, item.Bit, value));
                kinds.Add(item.Id);
            }
        }
        keys.Add(SubjectKeys.Subject(ring, SubjectKeys.PlainId, value));
        return new SubjectSearch(keys, kinds);
    }
}
