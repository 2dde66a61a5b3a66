namespace Portcullis.Demo;

/// <summary>Somebody who sends requests in the demo: a story, a pace, the next request, and what came of it.</summary>
internal sealed class DemoActor
{
    private int _next = -1;
    private int _sent;
    private int _refused;
    private int _failed;
    private int _firstRefused;

    public required string Name { get; init; }

    /// <summary>The request line, for the report.</summary>
    public required string Request { get; init; }

    /// <summary>What the actor is after, or why it may.</summary>
    public required string Story { get; init; }

    /// <summary>Requests a second.</summary>
    public required double Pace { get; init; }

    /// <summary>The n-th request, from 0.</summary>
    public required Func<int, HttpRequestMessage> Next { get; init; }

    /// <summary>What reached an attacker; null for honest callers.</summary>
    public LossCounter? Loss { get; init; }

    public bool IsAttacker => Loss is not null;

    public int Sent => Volatile.Read(ref _sent);

    /// <summary>Answers in which the gateway refused.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>Requests that got no answer at all.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Number of the first request that was refused, from 1; 0 for none.</summary>
    public int FirstRefused => Volatile.Read(ref _firstRefused);

    /// <summary>Sends at its pace until told to stop; an attacker waits for no answer before the next request.</summary>
    public Task ActAsync(HttpClient client, TimeProvider time, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var workers = IsAttacker ? 4 : 1;
        return Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(client, time, began, stop)));
    }

    private async Task WorkAsync(HttpClient client, TimeProvider time, long began, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var number = Interlocked.Increment(ref _next);
                var wait = TimeSpan.FromSeconds(number / Pace) - time.GetElapsedTime(began);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, time, stop);
                }
                stop.ThrowIfCancellationRequested();
                await SendAsync(client, number, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The act is over; what was under way reached nobody.
        }
    }

    private async Task SendAsync(HttpClient client, int number, CancellationToken stop)
    {
        try
        {
            using var request = Next(number);
            using var response = await client.SendAsync(request, stop);
            var body = await response.Content.ReadAsByteArrayAsync(stop);
            Interlocked.Increment(ref _sent);
            if ((int)response.StatusCode >= 400 && response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            {
                Interlocked.Increment(ref _refused);
                NoteRefused(number + 1);
            }
            Loss?.Receive(body);
        }
        catch (Exception fault)
            when (fault is HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            // No answer, or none in the time that the client waits.
            Interlocked.Increment(ref _failed);
        }
    }

    // Answers come in another order than requests: the lowest number counts.
    private void NoteRefused(int number)
    {
        var first = FirstRefused;
        while ((first == 0 || number < first) && Interlocked.CompareExchange(ref _firstRefused, number, first) != first)
        {
            first = FirstRefused;
        }
    }
}
