using Portcullis.Core.Hashing;
using Portcullis.Core.Json;

namespace Portcullis.Core.Classification;

/// <summary>
/// What a reader reports while it walks a body once: objects and lists open and close, values stand in them. Keeps only what leads to a
/// protected value. One per thread, reused; cleared after each body, so no value outlives it.
/// </summary>
internal sealed class BodyReading
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    private readonly Frame[] _frames = new Frame[MaxDepth + 2];
    private readonly JsonTape?[] _tapes = new JsonTape?[NestedText.Deepest + 1];
    private KeyRing _keys = null!;
    private int _depth;
    private bool _keepsRecords;
    private byte[] _buffer = new byte[4096];
    private int _bufferUsed;
    private TextRange _outer;

    public FactList<Sighting> Sightings { get; } = new();

    /// <summary>Meanings of the names met lately.</summary>
    public FieldNameCache Names { get; } = new();

    public FactList<RecordNode> Nodes { get; } = new();

    /// <summary>Property name that policy declares as the subject's id; empty for none.</summary>
    public byte[] SubjectField { get; private set; } = [];

    public int Depth => _depth;

    /// <summary>How many texts inside texts are being read.</summary>
    public int Nesting { get; private set; }

    /// <summary>For the JSON document read now; each text inside a text has one of its own.</summary>
    public JsonTape Tape => _tapes[Nesting] ??= new JsonTape();

    /// <summary>Starts a body; <paramref name="root"/> is what the operation's path says of it.</summary>
    /// <param name="keys">Keys for what is found.</param>
    /// <param name="root">What the path says.</param>
    /// <param name="subjectField">Property name of the subject's id; null for none.</param>
    /// <param name="keepsRecords">True when records without a protected value count too.</param>
    public void Begin(KeyRing keys, FieldMeaning root, byte[]? subjectField, bool keepsRecords = false)
    {
        Clear();
        _keepsRecords = keepsRecords;
        _keys = keys;
        SubjectField = subjectField ?? [];
        _frames[0] = new Frame
        {
            Node = -1,
            Meaning = root,
            IsRoot = true,
        };
        _depth = 0;
    }

    public void Clear()
    {
        Sightings.Clear();
        Nodes.Clear();
        _depth = 0;
        Nesting = 0;
    }

    /// <summary>Forgets what a reader reported that gave up half-way.</summary>
    public void Restart()
    {
        Clear();
        _frames[0] = _frames[0] with { Node = -1, Id = default, IsPlace = false, IsDeclaredId = false };
    }

    /// <summary>A buffer for decoded text, at least this long; valid until the next call.</summary>
    public Span<byte> Buffer(int length)
    {
        _bufferUsed = Math.Max(_bufferUsed, length);
        if (_buffer.Length < length)
        {
            _buffer = new byte[length];
        }
        return _buffer.AsSpan(0, length);
    }

    /// <summary>Gives back a buffer grown by an unusual body and overwrites what stood in it.</summary>
    public void Wipe()
    {
        if (_buffer.Length > 64 * 1024)
        {
            _buffer = new byte[4096];
        }
        else
        {
            _buffer.AsSpan(0, _bufferUsed).Clear();
        }
        _bufferUsed = 0;
    }

    /// <summary>An object or list opens; false when it stands too deep.</summary>
    public bool Open(bool isList, int start, FieldMeaning meaning)
    {
        if (_depth >= MaxDepth)
        {
            return false;
        }
        ref readonly var parent = ref _frames[_depth];
        _frames[++_depth] = new Frame
        {
            Node = -1,
            Start = start,
            // What stands in a list, or at the top, is what the list, or the path, says.
            Meaning = parent.IsList || parent.IsRoot || meaning.Has(FieldMark.Wrapper) ? parent.Meaning : meaning,
            IsList = isList,
            IsElement = parent.IsList,
        };
        if (_keepsRecords && !isList && (parent.IsList || parent.IsRoot))
        {
            NodeAt(_depth);
        }
        return true;
    }

    /// <summary>What follows stands inside one value of the body and has no place of its own in it, until <see cref="Leave"/>.</summary>
    public int Enter(TextRange outer)
    {
        if (Nesting++ == 0)
        {
            _outer = outer;
        }
        return _depth;
    }

    /// <summary>Back to where <see cref="Enter"/> was called, whatever is still open.</summary>
    public void Leave(int depth)
    {
        Nesting--;
        _depth = depth;
    }

    /// <summary>A value that belongs to what is open unless it contradicts it: a name used as a key, an address in a sentence.</summary>
    public void Apart(ReadOnlySpan<byte> value, TextRange range)
    {
        if (Open(isList: false, range.Start, FieldMeaning.None))
        {
            Value(FieldMeaning.None, value, range);
            Close(range.Start + range.Length);
        }
    }

    /// <summary>Says that the object of a node is one of several of its kind.</summary>
    public void MarkElement(int node)
    {
        if (node >= 0)
        {
            Nodes[node].IsElement = true;
        }
    }

    /// <summary>Says the same of the innermost object. Returns its node so far, or -1.</summary>
    public int MarkElement()
    {
        ref var frame = ref _frames[_depth];
        frame.IsElement = true;
        MarkElement(frame.Node);
        return frame.Node;
    }

    /// <summary>Node of the innermost object, or -1 while nothing was seen in it.</summary>
    public int Node => _frames[_depth].Node;

    public void Close(int end)
    {
        ref var frame = ref _frames[_depth];
        if (frame.Node >= 0)
        {
            ref var node = ref Nodes[frame.Node];
            node.Range = Nesting > 0 ? default : new TextRange(frame.Start, end - frame.Start);
            node.Id = frame.Id;
            node.IsDeclaredId = frame.IsDeclaredId;
            node.IsPlace |= frame.IsPlace;
        }
        _depth--;
    }

    /// <summary>A value in the innermost object or list; <paramref name="range"/> is where it stands, quotes included.</summary>
    public void Value(in FieldMeaning meaning, ReadOnlySpan<byte> value, TextRange range, bool isSubject = false) =>
        ValueAt(_depth, meaning, value, range, isSubject, isText: true);

    /// <summary>As <see cref="Value"/> for a JSON number, which is nothing beyond doubt by itself.</summary>
    public void Number(in FieldMeaning meaning, ReadOnlySpan<byte> value, TextRange range, bool isSubject) =>
        ValueAt(_depth, meaning, value, range, isSubject, isText: false);

    /// <summary>A value in the object around the innermost one (the text of an XML element).</summary>
    public void OuterValue(in FieldMeaning meaning, ReadOnlySpan<byte> value, TextRange range, bool isSubject) =>
        ValueAt(Math.Max(_depth - 1, 0), meaning, value, range, isSubject, isText: true);

    /// <summary>A value beside the body, which no range can mask.</summary>
    public void HeaderValue(in FieldMeaning meaning, ReadOnlySpan<byte> value) =>
        ValueAt(0, meaning, value, default, isSubject: false, isText: true);

    private void ValueAt(int depth, FieldMeaning meaning, ReadOnlySpan<byte> value, TextRange range, bool isSubject, bool isText)
    {
        ref var frame = ref _frames[depth];
        if (frame.IsList)
        {
            meaning = frame.Meaning;
        }
        else if (meaning.Has(FieldMark.Generic) && meaning.Strong == 0)
        {
            meaning = meaning with { Strong = frame.Meaning.Strong, Weak = frame.Meaning.Weak | meaning.Weak };
        }
        if (value.IsEmpty)
        {
            return;
        }
        if (Nesting == 0 && (isSubject || (meaning.Has(FieldMark.PlainId) && frame.Id.Length == 0)))
        {
            frame.Id = range;
            frame.IsDeclaredId = isSubject;
        }
        frame.IsPlace |= meaning.Has(FieldMark.InPlace);
        if (meaning.Has(FieldMark.Impersonal))
        {
            return;
        }
        var isWeak = false;
        var found = meaning.Strong == 0 ? -1 : DataClasses.Plausible(meaning.Strong, value);
        if (found < 0 && isText)
        {
            found = DataClasses.Certain(value);
        }
        if (found < 0 && meaning.Weak != 0)
        {
            found = DataClasses.Plausible(meaning.Weak, value);
            isWeak = true;
        }
        if (found >= 0)
        {
            Add(NodeAt(depth), (byte)found, isWeak, meaning.Field, value, range);
        }
        else if (isText && value.Length >= NestedText.Shortest)
        {
            NestedText.Read(this, value, range);
        }
    }

    private void Add(int node, byte found, bool isWeak, ushort field, ReadOnlySpan<byte> value, TextRange range)
    {
        ref var owner = ref Nodes[node];
        if (isWeak)
        {
            owner.Weak |= 1UL << found;
        }
        else
        {
            owner.Strong |= 1UL << found;
        }
        var sighting = new Sighting
        {
            Range = Nesting > 0 ? _outer : range,
            IsNested = Nesting > 0,
            Alias = SubjectKeys.Alias(_keys, found, value),
            Node = node,
            Next = -1,
            OwnGroup = -1,
            Field = field,
            Class = found,
            IsWeak = isWeak,
        };
        if (found == SubjectKeys.PersonNameBit)
        {
            sighting.Words = SubjectKeys.Words(_keys, value);
        }
        if (owner.First < 0)
        {
            owner.First = Sightings.Count;
        }
        else
        {
            Sightings[owner.Last].Next = Sightings.Count;
        }
        owner.Last = Sightings.Count;
        Sightings.Add(sighting);
    }

    // Nodes are made at the first protected value below them, outer ones first.
    private int NodeAt(int depth)
    {
        if (_frames[depth].Node >= 0)
        {
            return _frames[depth].Node;
        }
        var from = depth;
        while (from > 0 && _frames[from - 1].Node < 0)
        {
            from--;
        }
        for (var i = from; i <= depth; i++)
        {
            ref var frame = ref _frames[i];
            var parent = i == 0 ? -1 : _frames[i - 1].Node;
            var isPlace =
                frame.Meaning.Has(FieldMark.Place)
                || (parent >= 0 && Nodes[parent].IsPlace && !frame.Meaning.Has(FieldMark.Person));
            frame.Node = Nodes.Count;
            Nodes.Add(
                new RecordNode
                {
                    Container = frame.Meaning,
                    Parent = parent,
                    Group = -1,
                    First = -1,
                    IsElement = frame.IsElement,
                    IsList = frame.IsList,
                    IsPlace = isPlace,
                }
            );
        }
        return _frames[depth].Node;
    }

    private struct Frame
    {
        public FieldMeaning Meaning;
        public TextRange Id;
        public int Node;
        public int Start;
        public bool IsList;
        public bool IsElement;
        public bool IsRoot;
        public bool IsPlace;
        public bool IsDeclaredId;
    }
}
