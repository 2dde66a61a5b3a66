using System.Text;
using Portcullis.Core.Classification;
using Portcullis.Core.Hashing;

namespace Portcullis.Analysis.Inventory;

/// <summary>Every key under which a person may be recorded, from one identifier as somebody would type it.</summary>
/// <param name="Keys">Canonical and alias keys, to be looked up together.</param>
/// <param name="Kinds">Data classes the text was read as.</param>
public sealed record SubjectKeys(IReadOnlyList<Key128> Keys, IReadOnlyList<string> Kinds)
{
    private const int MostCharacters = 512;

    /// <summary>The keys of a text. It is read as every class of identifier that could be written like this.</summary>
    public static SubjectKeys Of(KeyRing ring, string text)
    {
        ArgumentNullException.ThrowIfNull(ring);
        ArgumentNullException.ThrowIfNull(text);
        var value = Encoding.UTF8.GetBytes(text.Length > MostCharacters ? text[..MostCharacters] : text.Trim());
        var normal = new byte[value.Length + 1];
        var keys = new List<Key128>();
        var kinds = new List<string>();
        foreach (var item in DataClassNames.All.Where(item => item.Kind == DataClassKind.Identifier))
        {
            if (!item.IsPlausible(value) && !item.IsCertain(value))
            {
                continue;
            }
            var form = Normal(item, value, normal);
            keys.Add(ring.Hash(KeyPurpose.Subject, item.Bit, form));
            keys.Add(ring.Hash(KeyPurpose.Alias, item.Bit, form));
            kinds.Add(item.Id);
        }
        return new SubjectKeys(keys, kinds);
    }

    private static ReadOnlySpan<byte> Normal(DataClass item, byte[] value, byte[] normal)
    {
        _ = item;
        value.CopyTo(normal, 0);
        return normal.AsSpan(0, value.Length);
    }
}
