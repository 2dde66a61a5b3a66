using System.Buffers;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>
/// Writes the identity body of an answer that leaves masked or clipped: masked values keep their JSON type, dropped items leave their list,
/// every other byte is as it came.
/// </summary>
public static class AnswerRewriter
{
    /// <summary>True when something of the answer must be changed before it leaves.</summary>
    public static bool IsNeeded(Exchange exchange)
    {
        foreach (ref readonly var item in exchange.Items.Span)
        {
            if (item.Outcome != ItemOutcome.Released)
            {
                return true;
            }
        }
        return exchange.Cuts.Count > 0 || (exchange.ResponseClasses & DataClasses.NeverLeaving) != 0;
    }

    /// <summary>True when every dropped item can be taken out; else its values are masked, or the answer refused whole.</summary>
    public static bool CanCut(Exchange exchange)
    {
        foreach (ref readonly var item in exchange.Items.Span)
        {
            if (item.Outcome == ItemOutcome.Dropped && !IsCuttable(exchange.ResponseKind, item))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Most bytes that the changed body can have: a mask is at most five bytes longer than what it replaces.</summary>
    public static int MostLength(Exchange exchange) => exchange.ResponseBody.Length + exchange.Values.Count * 5 + 16;

    /// <summary>As the other, into a buffer writer.</summary>
    public static void Write(Exchange exchange, IBufferWriter<byte> destination) =>
        destination.Advance(Write(exchange, destination.GetSpan(MostLength(exchange))));

    /// <summary>Writes the changed body. A dropped item that cannot be taken out leaves with all its values masked.</summary>
    /// <param name="exchange">A judged and committed exchange.</param>
    /// <param name="output">At least <see cref="MostLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(Exchange exchange, Span<byte> output)
    {
        var edits = new List<RewriteEdit>();
        Collect(exchange, edits);
        edits.Sort(
            static (left, right) =>
                left.Range.Start != right.Range.Start
                    ? left.Range.Start - right.Range.Start
                    : right.Range.Length - left.Range.Length
        );
        return Apply(exchange, edits, output);
    }

    private static bool IsCuttable(BodyKind kind, in ItemFact item) =>
        item.Range.Length > 0 && kind is (BodyKind.Json or BodyKind.NdJson or BodyKind.Csv or BodyKind.Xml);

    private static void Collect(Exchange exchange, List<RewriteEdit> edits)
    {
        foreach (ref readonly var item in exchange.Items.Span)
        {
            if (item.Outcome == ItemOutcome.Dropped && IsCuttable(exchange.ResponseKind, item))
            {
                edits.Add(new RewriteEdit(item.Range, IsCut: true));
            }
        }
        foreach (ref readonly var member in exchange.Cuts.Span)
        {
            edits.Add(new RewriteEdit(member, IsCut: true));
        }
        foreach (ref readonly var value in exchange.Values.Span)
        {
            var neverLeaves = (1UL << value.ClassBit & DataClasses.NeverLeaving) != 0;
            if (neverLeaves || exchange.Items[value.Item].Outcome != ItemOutcome.Released)
            {
                edits.Add(new RewriteEdit(value.Range, IsCut: false));
            }
        }
    }

    private static int Apply(Exchange exchange, List<RewriteEdit> edits, Span<byte> output)
    {
        var body = exchange.ResponseBody.Span;
        var kind = exchange.ResponseKind;
        var at = 0;
        var written = 0;
        foreach (var edit in edits)
        {
            if (edit.Range.Start < at)
            {
                continue; // Stands in what is cut already.
            }
            written += Copy(body[at..edit.Range.Start], output[written..]);
            at = edit.Range.Start + edit.Range.Length;
            if (edit.IsCut)
            {
                at = CutEnd(kind, body, at, output, ref written);
            }
            else
            {
                written += Copy(MaskOf(kind, body.Slice(edit.Range.Start, edit.Range.Length)), output[written..]);
            }
        }
        return written + Copy(body[at..], output[written..]);
    }

    // Takes the comma along: the one behind, or, at the end of the list, the one before, which is the last thing written.
    private static int CutEnd(BodyKind kind, ReadOnlySpan<byte> body, int end, Span<byte> output, ref int written)
    {
        if (kind is BodyKind.Csv or BodyKind.Xml)
        {
            return end;
        }
        var next = end;
        while (next < body.Length && body[next] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            next++;
        }
        if (next < body.Length && body[next] == ',')
        {
            return next + 1;
        }
        if (next >= body.Length || body[next] is not ((byte)']' or (byte)'}'))
        {
            // A line of its own: the line break goes with it.
            var line = body[end..].IndexOf((byte)'\n');
            return line < 0 ? body.Length : end + line + 1;
        }
        var before = written;
        while (before > 0 && output[before - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            before--;
        }
        if (before > 0 && output[before - 1] == ',')
        {
            written = before - 1;
        }
        return end;
    }

    private static ReadOnlySpan<byte> MaskOf(BodyKind kind, ReadOnlySpan<byte> raw)
    {
        if (kind is not (BodyKind.Json or BodyKind.NdJson))
        {
            return "***"u8;
        }
        return raw[0] switch
        {
            (byte)'"' => "\"***\""u8,
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => "0"u8,
            _ => "null"u8,
        };
    }

    private static int Copy(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        source.CopyTo(destination);
        return source.Length;
    }
}
