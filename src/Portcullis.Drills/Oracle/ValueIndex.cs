using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Oracle;

/// <summary>Every identifying value of every person the scenario's operations can return, for looking up what an answer gives away.</summary>
public sealed class ValueIndex
{
    private readonly Dictionary<string, int> _people = [];

    public ValueIndex(Population population, Scenario scenario)
    {
        Population = population;
        Kinds =
        [
            .. scenario
                .Operations.SelectMany(operation => operation.Fields)
                .Select(field => field.Value)
                .Where(kind => kind is not (PersonValue.Plan or PersonValue.Lines or PersonValue.City))
                .Distinct(),
        ];
        foreach (var kind in Kinds.Where(kind => !Population.IsShared(kind)))
        {
            for (var person = 0; person < population.Count; person++)
            {
                _people[population.Value(person, kind)] = person;
            }
        }
    }

    public Population Population { get; }

    /// <summary>Protected values of one person, those that others share included.</summary>
    public PersonValue[] Kinds { get; }

    /// <summary>Whose value it is, or -1.</summary>
    public int Find(string value) => _people.TryGetValue(value, out var person) ? person : -1;
}
