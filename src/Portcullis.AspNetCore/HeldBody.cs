using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Portcullis.Core;
using Portcullis.Core.Policy;

namespace Portcullis.AspNetCore;

/// <summary>
/// Stands in for the response body: at the first byte the response head is judged, then bytes are held, passed on, or refused. Serves
/// whatever writes to the response: a proxy's copy loop, minimal APIs, files.
/// </summary>
internal sealed class HeldBody(LiveExchange live) : Stream, IHttpResponseBodyFeature
{
    private const int Nobody = 0;
    private const int Writing = 1;
    private const int Overdue = 2;

    private IHttpResponseBodyFeature _inner = null!;
    private PipeWriter? _writer;
    private long _startedAt;
    private bool _isLimited;
    private int _turn;

    public HeldBodyState State { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    Stream IHttpResponseBodyFeature.Stream => this;

    PipeWriter IHttpResponseBodyFeature.Writer =>
        _writer ??= PipeWriter.Create(this, new StreamPipeWriterOptions(leaveOpen: true));

    public IHttpResponseBodyFeature Inner => _inner;

    public void Begin(IHttpResponseBodyFeature inner)
    {
        _inner = inner;
        State = HeldBodyState.Undecided;
        _startedAt = 0;
        _isLimited = false;
        _turn = Nobody;
    }

    /// <summary>Whoever still writes is turned away for ever.</summary>
    public void Drop() => State = HeldBodyState.Withheld;

    public void Reset()
    {
        _inner = null!;
        _writer = null;
        State = HeldBodyState.Undecided;
    }

    /// <summary>
    /// Ends the hold because nothing more comes: from then on whoever writes is turned away. False while somebody writes, and when nothing is
    /// held any more.
    /// </summary>
    public bool TryEnd()
    {
        if (State != HeldBodyState.Holding || Interlocked.CompareExchange(ref _turn, Overdue, Nobody) != Nobody)
        {
            return false;
        }
        State = HeldBodyState.Withheld;
        return true;
    }

    /// <summary>Judges the response head if no byte came, and brings buffered writer bytes in.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellation)
    {
        if (_writer is not null && State != HeldBodyState.Withheld)
        {
            await _writer.FlushAsync(cancellation);
        }
        if (State == HeldBodyState.Undecided)
        {
            cancellation.ThrowIfCancellationRequested();
            await DecideAsync(cancellation);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (State == HeldBodyState.Undecided)
        {
            await DecideAsync(cancellationToken);
        }
        if (State == HeldBodyState.Holding && Interlocked.CompareExchange(ref _turn, Writing, Nobody) != Overdue)
        {
            try
            {
                var result = Hold(buffer.Span, out var isOver);
                if (isOver)
                {
                    await StopHoldingAsync(buffer, result, cancellationToken);
                }
            }
            finally
            {
                Volatile.Write(ref _turn, Nobody);
            }
        }
        else if (State == HeldBodyState.Passing)
        {
            await _inner.Stream.WriteAsync(buffer, cancellationToken);
        }
        else
        {
            throw new WithheldException();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new InvalidOperationException("Synchronous writes are not served; use WriteAsync.");

    public override void Flush() { }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (State == HeldBodyState.Passing)
        {
            await _inner.Stream.FlushAsync(cancellationToken);
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (State == HeldBodyState.Undecided)
        {
            await DecideAsync(cancellationToken);
        }
        if (State == HeldBodyState.Passing)
        {
            await _inner.StartAsync(cancellationToken);
        }
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(this, path, offset, count, cancellationToken);

    public Task CompleteAsync() => State == HeldBodyState.Passing ? _inner.CompleteAsync() : Task.CompletedTask;

    public void DisableBuffering() => _inner.DisableBuffering();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Judges the response head; throws when the answer is withheld.</summary>
    public async ValueTask DecideAsync(CancellationToken cancellation)
    {
        _startedAt = live.Driver.Gate.State.Clock.Now;
        State = await live.Driver.JudgeResponseHeadAsync(live, cancellation);
        if (State == HeldBodyState.Withheld)
        {
            throw new WithheldException();
        }
    }

    // Time also ends for an answer of which nothing more comes; where policy would let it pass, whoever fetches it has its own limit.
    private void LimitWait(TimeSpan timeout, long? length)
    {
        var isFirst = !_isLimited;
        _isLimited = true;
        if (isFirst && live.Encoded.Length != length && live.Exchange is { IsEnforced: true, OnFailure: FailureWord.Closed })
        {
            live.Limit(timeout);
        }
    }

    private HoldResult Hold(ReadOnlySpan<byte> bytes, out bool isOver)
    {
        var hold = live.Exchange.Policy.Hold;
        var length = live.Context.Response.ContentLength;
        var expected = (int)Math.Min(length ?? 0, hold.PerBody);
        var result = live.Encoded.TryAppend(bytes, expected, hold.PerBody, hold.Total);
        isOver =
            result != HoldResult.Held || live.Driver.Gate.State.Clock.Now - _startedAt > (long)hold.Timeout.TotalMilliseconds;
        if (!isOver)
        {
            LimitWait(hold.Timeout, length);
        }
        return result;
    }

    private async ValueTask StopHoldingAsync(ReadOnlyMemory<byte> buffer, HoldResult result, CancellationToken cancellation)
    {
        live.Unlimit();
        State = await live.Driver.StopHoldingAsync(live, result, cancellation);
        if (State == HeldBodyState.Withheld)
        {
            throw new WithheldException();
        }
        await _inner.Stream.WriteAsync(live.Encoded.Memory, cancellation);
        if (result != HoldResult.Held)
        {
            await _inner.Stream.WriteAsync(buffer, cancellation);
        }
        live.Encoded.Clear();
    }
}
