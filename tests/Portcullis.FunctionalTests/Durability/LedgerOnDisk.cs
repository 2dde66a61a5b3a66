using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using DuckDB.NET.Data;
using Microsoft.Data.Sqlite;
using Portcullis.Core.Hashing;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>The ledger of a dead gateway as its files say: journal, history and state, read with nothing of the product but its hash.</summary>
internal sealed class LedgerOnDisk(string data)
{
    private readonly Dictionary<Key128, HashSet<Key128>> _released = [];
    private readonly Dictionary<Key128, int> _unmeasured = [];

    /// <summary>Highest sequence seen on disk.</summary>
    public long Last { get; private set; }

    /// <summary>Frames missing between what was seen before and now; empty when all is well.</summary>
    public List<string> Gaps { get; } = [];

    /// <summary>Takes in what came to the files since the last look. The gateway must not run.</summary>
    public void Look()
    {
        var seen = Last;
        var fromHistory = LookAtHistory(seen);
        Last = Math.Max(Last, fromHistory);
        foreach (var (sequence, payload) in JournalBytes.Frames(Path.Combine(data, "journal")))
        {
            if (sequence <= Last)
            {
                continue;
            }
            if (sequence != Last + 1)
            {
                Gaps.Add(string.Create(CultureInfo.InvariantCulture, $"after {Last} comes {sequence}"));
            }
            Last = sequence;
            if (JournalBytes.Exchange(payload) is { } exchange)
            {
                Take(exchange);
            }
        }
    }

    public bool Released(Key128 caller, IEnumerable<Key128> subjectKeys) =>
        _released.TryGetValue(caller, out var subjects) && subjectKeys.Any(subjects.Contains);

    public int Unmeasured(Key128 caller) => _unmeasured.GetValueOrDefault(caller);

    /// <summary>The hash keys of the ledger, unwrapped as documented: AES-256-GCM under the key beside the folder.</summary>
    public static KeyRing KeysOf(string data)
    {
        var key = Convert.FromHexString(File.ReadLines(data + ".key").First(line => line.Length == 64));
        var parts = File.ReadAllText(Path.Combine(data, "ledger.secret")).Trim().Split(' ');
        var wrapped = Convert.FromBase64String(parts[1]);
        var secret = new byte[wrapped.Length - 28];
        using var cipher = new AesGcm(key, 16);
        cipher.Decrypt(wrapped.AsSpan(0, 12), wrapped.AsSpan(12, secret.Length), wrapped.AsSpan(12 + secret.Length), secret);
        return new KeyRing(1, secret);
    }

    /// <summary>Every pair of caller and subject in the state database of a stopped gateway; callers by the low half of their key.</summary>
    public HashSet<(long Caller, Key128 Subject)> InState()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "state.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT rows FROM ledger";
        using var parts = command.ExecuteReader();
        var found = new HashSet<(long, Key128)>();
        while (parts.Read())
        {
            // Rows of 64 little-endian bytes: subject (high, low), caller, and what is not asked for here.
            for (ReadOnlySpan<byte> rest = parts.GetFieldValue<byte[]>(0); !rest.IsEmpty; rest = rest[64..])
            {
                var subject = new Key128(
                    BinaryPrimitives.ReadUInt64LittleEndian(rest),
                    BinaryPrimitives.ReadUInt64LittleEndian(rest[8..])
                );
                found.Add((BinaryPrimitives.ReadInt64LittleEndian(rest[16..]), subject));
            }
        }
        return found;
    }

    // Read-only: the log of a killed database is replayed in memory and its files stay as the kill left them.
    private long LookAtHistory(long after)
    {
        var path = Path.Combine(data, "history.duckdb");
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            return 0;
        }
        using var connection = new DuckDBConnection($"Data Source={path};ACCESS_MODE=READ_ONLY");
        connection.Open();
        if (Number(connection, "SELECT count(*) FROM duckdb_tables() WHERE table_name IN ('items', 'exchanges', 'position')") < 3)
        {
            return 0;
        }
        using (var command = connection.CreateCommand())
        {
            command.CommandText = string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT caller_high, caller_low, subject_high, subject_low FROM items WHERE exposed AND sequence > {after}"
            );
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                Add(KeyAt(rows, 0), KeyAt(rows, 2));
            }
        }
        using (var command = connection.CreateCommand())
        {
            command.CommandText = string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT caller_high, caller_low, count(*) FROM exchanges WHERE release = 1 AND verdict < 4 AND sequence > {after} GROUP BY ALL"
            );
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var caller = KeyAt(rows, 0);
                _unmeasured[caller] = Unmeasured(caller) + (int)rows.GetInt64(2);
            }
        }
        return Number(connection, "SELECT coalesce(max(sequence), 0) FROM position");
    }

    private void Take(WrittenExchange exchange)
    {
        foreach (var caller in exchange.Callers)
        {
            foreach (var subject in exchange.Released)
            {
                Add(caller, subject);
            }
            if (exchange.IsUnmeasured)
            {
                _unmeasured[caller] = Unmeasured(caller) + 1;
            }
        }
    }

    private void Add(Key128 caller, Key128 subject)
    {
        if (!_released.TryGetValue(caller, out var subjects))
        {
            subjects = [];
            _released.Add(caller, subjects);
        }
        subjects.Add(subject);
    }

    private static long Number(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static Key128 KeyAt(DuckDBDataReader row, int column) =>
        new((ulong)row.GetInt64(column), (ulong)row.GetInt64(column + 1));
}
