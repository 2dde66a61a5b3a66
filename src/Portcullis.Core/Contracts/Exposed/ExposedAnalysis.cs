using Portcullis.Core.Contracts.Exposed.Patterns;

namespace Portcullis.Core.Contracts.Exposed;

/// <summary>Tells without any traffic which breaches of the catalogue fit the operations of a contract.</summary>
public static class ExposedAnalysis
{
    /// <summary>Every pattern, the gravest first.</summary>
    public static IReadOnlyList<ExposurePattern> Patterns { get; } =
    [
        new AnonymousPersonalData(),
        new ObjectWithoutOwner(),
        new LookupByContact(),
        new EnumerableIds(),
        new ManyPeople(),
        new BatchOfObjects(),
        new SecretsInAnswers(),
        new TokensMinted(),
        new ValueTransfer(),
        new MassAssignment(),
        new OldVersion(),
        new UndeclaredAuthentication(),
    ];

    /// <summary>Findings in the order of the patterns, then of the operations.</summary>
    public static IReadOnlyList<ExposedFinding> Run(IReadOnlyList<DeclaredOperation> operations)
    {
        var findings = new List<ExposedFinding>();
        foreach (var pattern in Patterns)
        {
            foreach (var operation in operations)
            {
                if (pattern.Why(operation, operations) is { } why)
                {
                    findings.Add(
                        new ExposedFinding(pattern.Id, pattern.Breach, operation.Id, why, pattern.PolicyLine(operation))
                    );
                }
            }
        }
        return findings;
    }
}
