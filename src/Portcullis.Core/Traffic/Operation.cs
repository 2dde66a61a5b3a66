namespace Portcullis.Core.Traffic;

/// <summary>Method and path template of an upstream, with what traffic taught about it. Lives as long as the process.</summary>
public sealed class Operation
{
    private long _classesSeen;
    private long _exchanges;

    /// <param name="index">Dense, stable in this data folder.</param>
    /// <param name="upstream">Name of the upstream.</param>
    /// <param name="method">HTTP method, upper case; HEAD is judged as GET.</param>
    /// <param name="template">Path template, for example <c>/accounts/{accountId}</c>.</param>
    /// <param name="isDeclared">True when a contract or the policy names it.</param>
    public Operation(int index, string upstream, string method, string template, bool isDeclared)
    {
        Index = index;
        Upstream = upstream;
        Method = method;
        Template = template;
        IsDeclared = isDeclared;
        Id = $"{method} {template}";
    }

    public int Index { get; }

    public string Upstream { get; }

    public string Method { get; }

    public string Template { get; }

    /// <summary><c>METHOD /template</c>, as policy and people name it.</summary>
    public string Id { get; }

    /// <summary>True once a contract or the policy names it, also when traffic had taught it before.</summary>
    public bool IsDeclared { get; private set; }

    /// <summary>Data classes its answers carried so far, one bit each.</summary>
    public ulong ClassesSeen => (ulong)Interlocked.Read(ref _classesSeen);

    /// <summary>True once an answer to an anonymous caller carried personal data.</summary>
    public bool AnonymousPersonalData { get; set; }

    /// <summary>
    /// True once the upstream answered 401 without a credential, or 401 or 403 to one the gate could not judge: its success there means
    /// something.
    /// </summary>
    public bool RefusesStrangers { get; set; }

    /// <summary>True once the upstream answered with success to a caller without any credential.</summary>
    public bool AdmitsStrangers { get; set; }

    /// <summary>Exchanges since start.</summary>
    public long Exchanges => Interlocked.Read(ref _exchanges);

    internal void Declare() => IsDeclared = true;

    public void CountExchange() => Interlocked.Increment(ref _exchanges);

    /// <summary>Adds data classes; returns those that were new.</summary>
    public ulong Learn(ulong classes) => classes & ~(ulong)Interlocked.Or(ref _classesSeen, (long)classes);

    public override string ToString() => Id;
}
