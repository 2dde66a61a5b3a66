using Portcullis.Core.Journal;
using Portcullis.Core.Records;
using Portcullis.Storage;
using Portcullis.Storage.DuckDb;
using Portcullis.Storage.Sqlite;
using Xunit;

namespace Portcullis.Tests.Storage;

public sealed class RestTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portcullis-rest-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_store_that_rested_goes_on_where_it_was(bool isHistory)
    {
        using var store = Open(isHistory);
        Commit(store, 1);
        store.Rest();
        Commit(store, 2);
        store.Rest();
        store.Rest();
        Assert.Equal(2, store.Position);
        store.Dispose();
        using var again = Open(isHistory);
        Assert.Equal(2, again.Position);
    }

    [Fact]
    public void A_history_that_rested_answers()
    {
        using var database = new HistoryDatabase(Path.Combine(_folder.FullName, "history"), 64);
        using var store = new HistoryStore(database, TimeSpan.FromDays(90));
        Commit(store, 1);
        store.Rest();
        Assert.Empty(new HistoryQueries(database).Usage(new Dictionary<int, string>()));
    }

    private IJournalStore Open(bool isHistory) =>
        isHistory
            ? new HistoryStore(new HistoryDatabase(Path.Combine(_folder.FullName, "history"), 64), TimeSpan.FromDays(90))
            : new StateStore(Path.Combine(_folder.FullName, "state"), TimeSpan.FromDays(90));

    private static void Commit(IJournalStore store, int sequence)
    {
        var writer = new RecordWriter();
        new NameRecord(sequence, $"reason {sequence}").Write(writer);
        store.Take(sequence, writer.Written);
        store.Commit();
    }
}
