using System.Runtime.CompilerServices;
using System.Text;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>The keyed hash of an account: the one form in which a name of a token, a reply or an end-user header becomes a rung.</summary>
public static class AccountKey
{
    private const int StackSize = 512;

    /// <summary>Key of an account's name (UTF-8) in a realm.</summary>
    [SkipLocalsInit]
    public static Key128 Of(KeyRing keys, string realm, ReadOnlySpan<byte> account)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(realm);
        var size = Encoding.UTF8.GetMaxByteCount(realm.Length) + 1 + account.Length;
        Span<byte> buffer = size <= StackSize ? stackalloc byte[StackSize] : new byte[size];
        var used = Encoding.UTF8.GetBytes(realm, buffer);
        buffer[used++] = 0;
        account.CopyTo(buffer[used..]);
        return keys.Hash(KeyPurpose.Caller, (byte)Rung.Account, buffer[..(used + account.Length)]);
    }

    /// <summary>Key of an account's name in a realm; allocates nothing for names up to 128 characters.</summary>
    [SkipLocalsInit]
    public static Key128 Of(KeyRing keys, string realm, ReadOnlySpan<char> account)
    {
        Span<byte> buffer =
            account.Length <= 128 ? stackalloc byte[384] : new byte[Encoding.UTF8.GetMaxByteCount(account.Length)];
        return Of(keys, realm, buffer[..Encoding.UTF8.GetBytes(account, buffer)]);
    }
}
