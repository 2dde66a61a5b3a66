namespace Portcullis.AspNetCore;

/// <summary>A request body of which the first part has been read already: those bytes come first, then the rest.</summary>
internal sealed class ReplayedBody(ReadOnlyMemory<byte> first, Stream? rest) : Stream
{
    private int _position;

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
        if (_position < first.Length)
        {
            var count = Math.Min(buffer.Length, first.Length - _position);
            first.Slice(_position, count).CopyTo(buffer);
            _position += count;
            return ValueTask.FromResult(count);
        }
        return rest is null ? ValueTask.FromResult(0) : rest.ReadAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position < first.Length)
        {
            var taken = Math.Min(count, first.Length - _position);
            first.Span.Slice(_position, taken).CopyTo(buffer.AsSpan(offset));
            _position += taken;
            return taken;
        }
        return rest?.Read(buffer, offset, count) ?? 0;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
