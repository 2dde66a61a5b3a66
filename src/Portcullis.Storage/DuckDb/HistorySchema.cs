namespace Portcullis.Storage.DuckDb;

/// <summary>The tables of the history: exchanges and the items of their answers, in journal order.</summary>
internal static class HistorySchema
{
    public const string Tables = """
        CREATE TABLE IF NOT EXISTS position(sequence BIGINT NOT NULL);
        CREATE TABLE IF NOT EXISTS exchanges(sequence BIGINT NOT NULL, started BIGINT NOT NULL, operation INTEGER NOT NULL,
          status SMALLINT NOT NULL, verdict UTINYINT NOT NULL, flags UTINYINT NOT NULL, release UTINYINT NOT NULL,
          reason INTEGER NOT NULL, rung UTINYINT NOT NULL, caller_high BIGINT NOT NULL, caller_low BIGINT NOT NULL,
          network_high BIGINT NOT NULL, network_low BIGINT NOT NULL, pools UBIGINT NOT NULL, items INTEGER NOT NULL,
          released INTEGER NOT NULL, fresh INTEGER NOT NULL, head_ms INTEGER NOT NULL, body_ms INTEGER NOT NULL,
          answer_ms INTEGER NOT NULL, commit_ms INTEGER NOT NULL, key_id UINTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS items(sequence BIGINT NOT NULL, started BIGINT NOT NULL, operation INTEGER NOT NULL,
          rung UTINYINT NOT NULL, caller_high BIGINT NOT NULL, caller_low BIGINT NOT NULL, network_high BIGINT NOT NULL,
          network_low BIGINT NOT NULL, subject_high BIGINT NOT NULL, subject_low BIGINT NOT NULL, classes UBIGINT NOT NULL,
          outcome UTINYINT NOT NULL, exposed BOOLEAN NOT NULL);
        """;
}
