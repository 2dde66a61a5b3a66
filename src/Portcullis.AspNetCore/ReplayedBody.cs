namespace Portcullis.AspNetCore;

/// <summary>A request body of which the first part has been read already: those bytes come first, then the rest.</summary>
internal sealed class ReplayedBody : Stream
{
    private ReadOnlyMemory<byte> _first;
    private Stream? _rest;
    private int _position;

    public ReplayedBody(ReadOnlyMemory<byte> first, Stream? rest)
    {
        _first = first;
        _rest = rest;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position < _first.Length)
        {
            var count = Math.Min(buffer.Length, _first.Length - _position);
            _first.Slice(_position, count).CopyTo(buffer);
            _position += count;
            return ValueTask.FromResult(count);
        }
        return _rest is null ? ValueTask.FromResult(0) : _rest.ReadAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position < _first.Length)
        {
            var taken = Math.Min(count, _first.Length - _position);
            _first.Span.Slice(_position, taken).CopyTo(buffer.AsSpan(offset));
            _position += taken;
            return taken;
        }
        return _rest?.Read(buffer, offset, count) ?? 0;
    }

    /// <summary>Ends it: the bytes belong to a pooled buffer and are no longer this request's.</summary>
    public void Detach()
    {
        _first = default;
        _rest = null;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
