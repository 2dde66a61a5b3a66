using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Journal;
using Portcullis.Core.Records;
using Portcullis.Core.Traffic;
using Portcullis.Storage.Journal;
using Xunit;

namespace Portcullis.Tests.Storage;

/// <summary>Bytes that lie on customers' disks: a change here needs a new version that still reads these.</summary>
public sealed class JournalFormatTests
{
    private static readonly Key128 Subject = new(0x0102030405060708, 0x090A0B0C0D0E0F10);

    [Fact]
    public void The_segment_header_is_frozen()
    {
        var bytes = new byte[SegmentHeader.Size];
        new SegmentHeader(0xA1B2C3D5, 42, 41).Write(bytes);

        Assert.Equal(
            "50434A524E4C0D0A01000000D5C3B2A12A00000000000000290000000000000030C96D7A00000000",
            Convert.ToHexString(bytes)
        );
        Assert.Equal(new SegmentHeader(0xA1B2C3D5, 42, 41), SegmentHeader.Read(bytes));
    }

    [Fact]
    public void The_frame_is_frozen()
    {
        var bytes = new byte[JournalFrame.HeaderSize + 3];
        JournalFrame.Write(bytes, 7, "abc"u8);

        Assert.Equal("03000000070000000000000001FCE0B74C616263", Convert.ToHexString(bytes));
    }

    [Fact]
    public void The_checksum_is_the_Castagnoli_one() => Assert.Equal(0xE3069283u, JournalFrame.Checksum("123456789"u8));

    [Fact]
    public void The_exchange_record_is_frozen()
    {
        var writer = new RecordWriter();
        ExchangeRecord.Write(writer, Sample(), 9, 4);

        Assert.Equal(
            "010109809494CACA3300"
                + "050700"
                + "04C80105030005"
                + "0000000000000001000000000000000201"
                + "050000000000000003000000000000000405"
                + "01"
                + "0102030405060708090A0B0C0D0E0F10"
                + "08C20103"
                + "00000000000000050000000000000006",
            Convert.ToHexString(writer.Written)
        );
    }

    [Fact]
    public void An_exchange_record_reads_back_as_it_was()
    {
        var writer = new RecordWriter();
        ExchangeRecord.Write(writer, Sample(), 9, 4);
        var reader = new RecordReader(writer.Written);
        Assert.Equal(RecordKind.Exchange, (RecordKind)reader.Byte());

        var record = ExchangeRecord.Read(ref reader);

        Assert.True(reader.IsAtEnd);
        Assert.Equal(
            (9u, 1_772_366_400_000L, 3, 200, 4),
            (record.KeyId, record.StartedAt, record.Operation, record.Status, record.Reason)
        );
        Assert.Equal(VerdictKind.Refuse, record.Verdict);
        Assert.True(record.IsEnforced && record.WasForwarded && !record.IsAnonymous);
        Assert.Equal([(Rung.Account, new Key128(3, 4))], record.Rungs);
        var item = Assert.Single(record.Items);
        Assert.Equal(
            (Subject, 8UL, ItemOutcome.Dropped, true, true, false),
            (item.Subject, item.Classes, item.Outcome, item.IsNew, item.HasOwnId, item.Teaches)
        );
        Assert.Equal([new AliasFact(new Key128(5, 6), 3)], item.Aliases);
    }

    [Fact]
    public void An_item_that_teaches_says_so_in_a_bit_of_its_own()
    {
        var sample = Sample();
        sample.Items[0].Teaches = true;
        var writer = new RecordWriter();
        ExchangeRecord.Write(writer, sample, 9, 4);
        var reader = new RecordReader(writer.Written);
        _ = reader.Byte();

        var item = Assert.Single(ExchangeRecord.Read(ref reader).Items);

        Assert.Equal((ItemOutcome.Dropped, true, true, true), (item.Outcome, item.IsNew, item.HasOwnId, item.Teaches));
    }

    [Fact]
    public void The_small_records_are_frozen()
    {
        Assert.Equal("02050361706903474554022F6101", Hex(new OperationRecord(5, "api", "GET", "/a", true).Write));
        Assert.Equal("030403612F62", Hex(new NameRecord(4, "a/b").Write));
        Assert.Equal("04E80704" + "6D6F6465" + "01" + "0177" + "0178", Hex(new EventRecord(1000, "mode", [new("w", "x")]).Write));
    }

    [Fact]
    public void A_record_cut_at_any_byte_is_refused()
    {
        var writer = new RecordWriter();
        ExchangeRecord.Write(writer, Sample(), 9, 4);
        var whole = writer.Written.ToArray();
        for (var length = 1; length < whole.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Read(whole.AsSpan(0, length)));
        }
    }

    private static void Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new RecordReader(bytes);
        _ = reader.Byte();
        _ = ExchangeRecord.Read(ref reader);
    }

    private static string Hex(Action<RecordWriter> write)
    {
        var writer = new RecordWriter();
        write(writer);
        return Convert.ToHexString(writer.Written);
    }

    private static Exchange Sample()
    {
        var exchange = new Exchange
        {
            StartedAt = 1_772_366_400_000,
            Status = 200,
            IsEnforced = true,
            WasForwarded = true,
            NetworkKey = new Key128(1, 2),
            Identity = new VerifiedIdentity(Rung.Account, new Key128(3, 4), ClaimSet.None, long.MaxValue),
            Pools = 5,
            Plan = new() { Operation = new Operation(3, "api", "GET", "/a", true) },
        };
        exchange.Object(Judgement.Refuse(RestrictionsGuard.Restricted));
        exchange.AddRung(new CallerState(new Key128(3, 4), Rung.Account, 0));
        exchange.PhaseMilliseconds[1] = 5;
        exchange.PhaseMilliseconds[2] = 7;
        exchange.Aliases.Add(new AliasFact(new Key128(5, 6), 3));
        exchange.Items.Add(
            new ItemFact
            {
                Subject = Subject,
                Classes = 8,
                AliasCount = 1,
                Outcome = ItemOutcome.Dropped,
                IsNew = true,
                HasOwnId = true,
            }
        );
        return exchange;
    }
}
