using System.Text;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Oracle;

/// <summary>
/// Counts what was lost, from the bytes that reached the attacker and from the truth about the population alone. A record is lost when
/// at least one protected value of a person that is not the attacker reached it.
/// </summary>
public sealed class TruthOracle
{
    private readonly ValueIndex _index;
    private readonly Func<int, bool> _isOwn;
    private readonly HashSet<int> _full = [];
    private readonly HashSet<int> _written = [];
    private readonly Dictionary<string, HashSet<int>> _hitsBySign = [];
    private readonly Dictionary<string, int> _missesBySign = [];
    private string _sent = "";

    /// <param name="index">The population's values.</param>
    /// <param name="isOwn">Whether a person's record was the attacker's own all along.</param>
    public TruthOracle(ValueIndex index, Func<int, bool> isOwn)
    {
        _index = index;
        _isOwn = isOwn;
    }

    /// <summary>People of whom a protected value reached the attacker.</summary>
    public int LeakFull => _full.Count;

    /// <summary>People of whom nothing but their existence was confirmed.</summary>
    public int LeakExist
    {
        get
        {
            var confirmed = new HashSet<int>();
            foreach (var (sign, people) in _hitsBySign)
            {
                // An answer that guesses at nobody get too tells nothing.
                if (!_missesBySign.ContainsKey(sign) && (_missesBySign.Count > 0 || sign[0] == '2'))
                {
                    confirmed.UnionWith(people);
                }
            }
            confirmed.ExceptWith(_full);
            return confirmed.Count;
        }
    }

    /// <summary>People whose record the attacker changed.</summary>
    public int LeakWrite => _written.Count;

    /// <summary>Looks at one answer to the attacker; true when it lost a record that was not lost before.</summary>
    public bool Observe(SimulatedRequest request, SimulatedAnswer answer)
    {
        var before = _full.Count;
        _sent = Uri.UnescapeDataString(request.Target) + "\n" + Encoding.UTF8.GetString(request.Body);
        BodyWords.Read(answer.Body.Span, Find);
        if (request.Asked >= 0 && !_isOwn(request.Asked))
        {
            FindAsked(request.Asked, answer.Body.Span);
            if (request.Method is "PUT" or "PATCH" or "DELETE" && answer.Status is >= 200 and < 300)
            {
                _written.Add(request.Asked);
            }
        }
        if (request.IsGuess)
        {
            Note(request, answer);
        }
        return _full.Count > before;
    }

    private void Find(string value)
    {
        // What the attacker sent himself tells him nothing new when it comes back.
        if (
            value.Length > 2
            && _index.Find(value) is var person and >= 0
            && !_isOwn(person)
            && !_sent.Contains(value, StringComparison.Ordinal)
        )
        {
            _full.Add(person);
        }
    }

    private void FindAsked(int person, ReadOnlySpan<byte> body)
    {
        foreach (var kind in _index.Kinds)
        {
            var value = _index.Population.Value(person, kind);
            if (!_sent.Contains(value, StringComparison.Ordinal) && body.IndexOf(Encoding.UTF8.GetBytes(value)) >= 0)
            {
                _full.Add(person);
                return;
            }
        }
    }

    private void Note(SimulatedRequest request, SimulatedAnswer answer)
    {
        // Status and how many objects the body holds: what a patient reader of answers can tell apart.
        var sign = $"{answer.Status}:{answer.Body.Span.Count((byte)'{')}";
        if (request.Asked < 0)
        {
            _missesBySign[sign] = _missesBySign.GetValueOrDefault(sign) + 1;
            return;
        }
        if (_isOwn(request.Asked))
        {
            return;
        }
        if (!_hitsBySign.TryGetValue(sign, out var people))
        {
            _hitsBySign[sign] = people = [];
        }
        people.Add(request.Asked);
    }
}
