using System.Security.Cryptography;
using System.Text;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity.Keys;

/// <summary>
/// The gateway's own API keys: issue, list, rotate, revoke. Only hashes are kept; every change is on disk before it takes effect, and takes
/// effect for the next request.
/// </summary>
public sealed class ApiKeyStore
{
    private const int MaxKeys = 100_000;

    private readonly Lock _lock = new();
    private readonly string? _path;
    private readonly KeyRing _keys;
    private readonly TimeProvider _time;
    private List<ApiKeyRecord> _records;
    private ApiKeyRing _ring;

    /// <param name="path">The file, for example <c>DATA/keys.json</c>; null keeps keys in memory only.</param>
    /// <param name="keys">Keys for the hashes callers are known by.</param>
    /// <param name="time">The wall clock.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public ApiKeyStore(string? path, KeyRing keys, TimeProvider time)
    {
        _path = path;
        _keys = keys;
        _time = time;
        _records = path is null ? [] : ApiKeyFile.Read(path);
        _ring = Compile(_records);
    }

    /// <summary>Every key, revoked and ended ones too, oldest first.</summary>
    public IReadOnlyList<ApiKeyRecord> List()
    {
        lock (_lock)
        {
            return [.. _records];
        }
    }

    internal ApiKeyRing Ring => Volatile.Read(ref _ring);

    /// <summary>Makes a key.</summary>
    /// <exception cref="ArgumentException">The request contradicts itself; the message says how.</exception>
    public IssuedApiKey Issue(ApiKeyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        var text = ApiKeyText.Create();
        lock (_lock)
        {
            if (_records.Count >= MaxKeys)
            {
                throw new ArgumentException($"There are {MaxKeys} keys already. Purge revoked ones first.");
            }
            var record = new ApiKeyRecord
            {
                Id = NewId(),
                Settings = request,
                Hash = HashOf(text),
                CreatedAt = _time.GetUtcNow(),
            };
            Use([.. _records, record]);
            return new IssuedApiKey(record, text);
        }
    }

    /// <summary>Gives a key a new text; the old one stays good for <paramref name="overlap"/>. Budgets and pools stay.</summary>
    /// <returns>Null when there is no such key in force.</returns>
    public IssuedApiKey? Rotate(string id, TimeSpan overlap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(overlap, TimeSpan.Zero);
        var text = ApiKeyText.Create();
        lock (_lock)
        {
            var index = _records.FindIndex(record => record.Id == id && record.RevokedAt is null);
            if (index < 0)
            {
                return null;
            }
            var rotated = _records[index] with
            {
                Hash = HashOf(text),
                PreviousHash = _records[index].Hash,
                PreviousUntil = _time.GetUtcNow() + overlap,
            };
            Use([.. _records[..index], rotated, .. _records[(index + 1)..]]);
            return new IssuedApiKey(rotated, text);
        }
    }

    /// <summary>Ends a key, its previous text included; false when there is no such key in force.</summary>
    public bool Revoke(string id)
    {
        lock (_lock)
        {
            var index = _records.FindIndex(record => record.Id == id && record.RevokedAt is null);
            if (index < 0)
            {
                return false;
            }
            var revoked = _records[index] with { RevokedAt = _time.GetUtcNow() };
            Use([.. _records[..index], revoked, .. _records[(index + 1)..]]);
            return true;
        }
    }

    /// <summary>Hash of the rung a key counts under, for questions about its exposure.</summary>
    public Key128 RungOf(ApiKeyRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return _keys.Hash(KeyPurpose.Caller, (byte)Rung.ApiKey, record.Id);
    }

    private static void Check(ApiKeyRequest request)
    {
        if (request.Name.Length is 0 or > 100)
        {
            throw new ArgumentException("A key needs a name of 1 to 100 characters.");
        }
        if (request.EndUserHeader is not null && request.Sharing == KeySharing.None)
        {
            throw new ArgumentException(
                "Only a shared key can name end users: set who shares it, or leave the end-user header out."
            );
        }
        if (request.EndUserHeader is not null && request.Sharing == KeySharing.Installed)
        {
            throw new ArgumentException(
                "A key inside installed apps cannot be trusted to name end users: anybody can take it out. Use tokens for them."
            );
        }
        if (request.Owner is not null && request.Sharing != KeySharing.None)
        {
            throw new ArgumentException("A shared key names nobody, so it has no owner.");
        }
    }

    private void Use(List<ApiKeyRecord> records)
    {
        var ring = Compile(records);
        if (_path is not null)
        {
            ApiKeyFile.Write(_path, records);
        }
        _records = records;
        Volatile.Write(ref _ring, ring);
    }

    private ApiKeyRing Compile(List<ApiKeyRecord> records)
    {
        var compiled = new List<ApiKey>();
        foreach (var record in records)
        {
            if (record.RevokedAt is not null)
            {
                continue;
            }
            var end = record.Settings.ExpiresAt?.ToUnixTimeMilliseconds() ?? long.MaxValue;
            compiled.Add(Compile(record, record.Hash, end));
            if (record.PreviousHash is { } previous && record.PreviousUntil is { } until)
            {
                compiled.Add(Compile(record, previous, Math.Min(end, until.ToUnixTimeMilliseconds())));
            }
        }
        return new ApiKeyRing(compiled);
    }

    private ApiKey Compile(ApiKeyRecord record, string hash, long end)
    {
        var settings = record.Settings;
        var claims = new Dictionary<string, byte[][]>(StringComparer.Ordinal)
        {
            ["key"] = [Encoding.UTF8.GetBytes(record.Id)],
            ["scope"] = Array.ConvertAll(settings.Scopes, Encoding.UTF8.GetBytes),
            ["roles"] = Array.ConvertAll(settings.Roles, Encoding.UTF8.GetBytes),
        };
        if (settings.Owner is { } owner)
        {
            claims["sub"] = claims["owner"] = [Encoding.UTF8.GetBytes(owner)];
        }
        var rung = RungOf(record);
        return new ApiKey
        {
            Hash = Convert.FromHexString(hash),
            Id = record.Id,
            Sharing = settings.Sharing,
            PoolNames = settings.Pools,
            EndUserHeader = settings.EndUserHeader,
            Realm = $"key:{record.Id}",
            KeyRung = rung,
            Identity = new VerifiedIdentity(
                settings.Owner is null ? Rung.ApiKey : Rung.Account,
                settings.Owner is { } account ? AccountKey.Of(_keys, "", account) : rung,
                ClaimSet.Of(claims),
                end
            )
            {
                NamesOnePerson = settings.Sharing == KeySharing.None,
                CreatedAt = record.CreatedAt.ToUnixTimeMilliseconds(),
            },
        };
    }

    private string NewId()
    {
        string id;
        do
        {
            id = RandomNumberGenerator.GetHexString(8, lowercase: true);
        } while (_records.Exists(record => record.Id == id));
        return id;
    }

    private static string HashOf(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        ApiKeyText.TryHash(text, hash);
        return Convert.ToHexStringLower(hash);
    }
}
