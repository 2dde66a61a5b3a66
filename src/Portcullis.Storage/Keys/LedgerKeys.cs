using System.Globalization;
using System.Security.Cryptography;
using Portcullis.Core.Hashing;

namespace Portcullis.Storage.Keys;

/// <summary>
/// Joins a data folder with its ledger keys. The secret under which the ledger hashes lies in the folder, wrapped under the current key;
/// rotation wraps it anew, so hashes, budgets and queries stay as they were and the old key opens the folder no more.
/// </summary>
public static class LedgerKeys
{
    /// <summary>The key ring of a folder; makes key and secret at first start, and wraps the secret anew when the current key changed.</summary>
    /// <param name="folder">The locked data folder.</param>
    /// <param name="options">Where the keys come from.</param>
    /// <param name="notes">Told what operators must know: a lost data folder, a rotation.</param>
    /// <exception cref="DataFolderException">The folder has a ledger and its key is missing or another one.</exception>
    public static KeyRing Open(DataFolder folder, LedgerKeyOptions options, Action<string> notes)
    {
        var hasLedger = File.Exists(folder.SecretFile);
        var (keys, knownFolder) = KeySource.Read(options);
        if (keys.Count == 0)
        {
            if (hasLedger)
            {
                throw new DataFolderException(
                    $"The ledger in {folder.Path} needs its key, and {options.File} does not exist. Put the key file back, or set {LedgerKeyOptions.EnvironmentVariable}. Without the key the ledger cannot be used: to begin a new one, move {folder.Path} away."
                );
            }
            keys.Add(LedgerKey.Create());
        }
        if (!hasLedger && (File.Exists(folder.StateFile) || Directory.EnumerateFiles(folder.JournalFolder).Any()))
        {
            throw new DataFolderException(
                $"{folder.SecretFile} is missing while {folder.Path} holds a ledger, which cannot be read without it. Restore it from a backup of the data folder; to begin a new ledger, move {folder.Path} away."
            );
        }
        if (!hasLedger)
        {
            if (knownFolder is { } lost && lost != folder.Id)
            {
                notes(
                    $"THE DATA FOLDER IS LOST: the ledger key {options.File} belongs to data folder {lost}, and {folder.Path} holds no ledger. Used budgets, restrictions and the record of who received what begin empty. If the folder was moved, stop and point --data to it."
                );
            }
            Write(folder, keys[0], RandomNumberGenerator.GetBytes(KeyRing.SecretSize));
        }
        var (secret, wrappedBy) = Unwrap(folder, keys, options);
        if (wrappedBy != keys[0].Id)
        {
            Write(folder, keys[0], secret);
            notes($"The ledger key was rotated: entries now carry key {keys[0].Id:x8}, before {wrappedBy:x8}.");
        }
        if (options is { Command: null, Text: null, File: { } path } && knownFolder != folder.Id)
        {
            KeySource.Write(path, keys, folder.Id);
        }
        var ring = new KeyRing(keys[0].Id, secret);
        CryptographicOperations.ZeroMemory(secret);
        return ring;
    }

    /// <summary>Puts a fresh key in front of a key file; it takes effect at the next start. Keys after it may be removed from then on.</summary>
    /// <returns>The id of the new key.</returns>
    public static uint Rotate(string keyFile)
    {
        var (keys, folder) = KeySource.Read(new LedgerKeyOptions { File = keyFile });
        if (keys.Count == 0)
        {
            throw new DataFolderException($"The ledger key file {keyFile} does not exist.");
        }
        var fresh = LedgerKey.Create();
        KeySource.Write(keyFile, [fresh, .. keys], folder ?? Guid.Empty);
        return fresh.Id;
    }

    private static void Write(DataFolder folder, LedgerKey key, byte[] secret) =>
        PrivateFile.Write(folder.SecretFile, $"{key.Id:x8} {Convert.ToBase64String(key.Wrap(secret))}\n");

    private static (byte[] Secret, uint KeyId) Unwrap(DataFolder folder, List<LedgerKey> keys, LedgerKeyOptions options)
    {
        var parts = File.ReadAllText(folder.SecretFile).Trim().Split(' ');
        if (
            parts.Length != 2
            || !uint.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            || Decode(parts[1]) is not { } wrapped
        )
        {
            throw new DataFolderException($"{folder.SecretFile} is damaged. Restore it from a backup of the data folder.");
        }
        var key = keys.Find(candidate => candidate.Id == id);
        if (key is null)
        {
            var given = string.Join(", ", keys.Select(candidate => candidate.Id.ToString("x8", CultureInfo.InvariantCulture)));
            throw new DataFolderException(
                $"The ledger in {folder.Path} was closed under key {id:x8}; the keys given are {given}. Put the right key back (after the current one, if this is a rotation); to begin a new ledger, move {folder.Path} away."
            );
        }
        return (
            key.Unwrap(wrapped)
                ?? throw new DataFolderException($"{folder.SecretFile} is damaged. Restore it from a backup of the data folder."),
            id
        );
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }
}
