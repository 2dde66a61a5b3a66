using Portcullis.Core.Journal;

namespace Portcullis.Storage.Sqlite;

/// <summary>Writes one batch with prepared statements, inside the caller's transaction.</summary>
internal sealed class StateWriter
{
    private readonly Statement _meta;
    private readonly Statement _operation;
    private readonly Statement _learned;
    private readonly Statement _name;
    private readonly Statement _poolSet;
    private readonly Statement _caller;
    private readonly LedgerRuns _ledger;
    private readonly Statement _alias;
    private readonly Statement _event;
    private readonly Statement _standing;
    private readonly Statement _fallen;
    private readonly RecordWriter _record = new();

    public StateWriter(Database database, LedgerRuns ledger)
    {
        _meta = database.Prepare("INSERT INTO meta VALUES(?,?) ON CONFLICT DO UPDATE SET value=excluded.value");
        _operation = database.Prepare(
            "INSERT INTO operations(number,upstream,method,template,declared) VALUES(?,?,?,?,?) ON CONFLICT DO NOTHING"
        );
        _learned = database.Prepare(
            "UPDATE operations SET classes=classes|?2, anonymous=anonymous|?3, exchanges=exchanges+?4, last=max(last,?5) WHERE number=?1"
        );
        _name = database.Prepare("INSERT INTO names VALUES(?,?) ON CONFLICT DO NOTHING");
        _poolSet = database.Prepare("INSERT INTO poolsets VALUES(?,?) ON CONFLICT DO NOTHING");
        _caller = database.Prepare(
            "INSERT INTO callers VALUES(?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET first=min(first,excluded.first), last=max(last,excluded.last), exchanges=exchanges+excluded.exchanges"
        );
        _ledger = ledger;
        _alias = database.Prepare("INSERT INTO aliases VALUES(?,?,?,?,?,?) ON CONFLICT DO UPDATE SET own=own|excluded.own");
        _event = database.Prepare("INSERT INTO events VALUES(?,?,?,?) ON CONFLICT DO NOTHING");
        _standing = database.Prepare("INSERT OR REPLACE INTO standing VALUES(?,?,?,?,?)");
        _fallen = database.Prepare("DELETE FROM standing WHERE kind=? AND target=?");
    }

    public void Meta(string name, long value) => _meta.Bind(name).Bind(value).Run();

    public void Write(StateBatch batch, PoolSets pools)
    {
        foreach (var operation in batch.Operations)
        {
            _operation
                .Bind(operation.Index)
                .Bind(operation.Upstream)
                .Bind(operation.Method)
                .Bind(operation.Template)
                .Bind(operation.IsDeclared ? 1 : 0)
                .Run();
        }
        foreach (var (number, learned) in batch.Learned)
        {
            _learned
                .Bind(number)
                .Bind((long)learned.Classes)
                .Bind(learned.Anonymous ? 1 : 0)
                .Bind(learned.Exchanges)
                .Bind(learned.Last)
                .Run();
        }
        foreach (var name in batch.Names)
        {
            _name.Bind(name.Number).Bind(name.Name).Run();
        }
        foreach (var (number, names) in pools.Unsaved)
        {
            _poolSet.Bind(number).Bind(names).Run();
        }
        foreach (var (key, caller) in batch.Callers)
        {
            _caller
                .Bind((long)key.Low)
                .Bind(key)
                .Bind((int)caller.Rung)
                .Bind(caller.First)
                .Bind(caller.Last)
                .Bind(caller.Exchanges)
                .Run();
        }
        _ledger.Write(batch.Exposures.Sorted());
        WriteAliases(batch.Aliases);
        foreach (var (sequence, change) in batch.Events)
        {
            WriteEvent(sequence, change);
        }
    }

    // In the order of the table, so that a batch visits each of its pages once.
    private void WriteAliases(Dictionary<AliasKey, (byte Class, bool Leads)> aliases)
    {
        var pairs = aliases.Keys.ToArray();
        Array.Sort(Array.ConvertAll(pairs, pair => (long)pair.Alias.High), pairs);
        foreach (var pair in pairs)
        {
            var fact = aliases[pair];
            _alias.Bind(pair.Alias).Bind(pair.Subject).Bind(fact.Class).Bind(fact.Leads ? 1 : 0).Run();
        }
    }

    private void WriteEvent(long sequence, EventRecord change)
    {
        _record.Clear();
        change.Write(_record);
        var target = change.Kind == "policy" ? "" : change["target"] ?? (change.Detail.Count > 0 ? change.Detail[0].Value : "");
        if (change.Kind == "release")
        {
            _fallen.Bind("restrict").Bind(target).Run();
        }
        else
        {
            _standing.Bind(change.Kind).Bind(target).Bind(sequence).Bind(change.At).Bind(_record.Written).Run();
        }
        // Account links come with every login; the standing row is all that is kept of them.
        if (change.Kind != "account")
        {
            _event.Bind(sequence).Bind(change.At).Bind(change.Kind).Bind(_record.Written).Run();
        }
    }
}
