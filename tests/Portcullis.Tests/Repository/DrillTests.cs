using System.Text.RegularExpressions;
using Xunit;

namespace Portcullis.Tests.Repository;

/// <summary>What keeps drills honest: an oracle of its own, and policies that know nothing of the attack.</summary>
public sealed partial class DrillTests
{
    private const string Drills = "src/Portcullis.Drills/";

    [Fact]
    public void The_oracle_shares_no_code_with_the_product() => Findings.None(Lines(Drills + "Oracle/", ".cs", Product()));

    [Fact]
    public void What_the_oracle_reads_shares_no_code_with_what_judges_answers() =>
        Findings.None([.. Lines(Drills + "Simulator/", ".cs", Judging()), .. Lines(Drills + "Scenarios/", ".cs", Judging())]);

    [Fact]
    public void The_product_knows_no_scenario() =>
        Findings.None([
            .. Lines("src/Portcullis.Core/", ".cs", ScenarioWord()),
            .. Lines("src/Portcullis.AspNetCore/", ".cs", ScenarioWord()),
            .. Lines("src/Portcullis.Analysis/", ".cs", ScenarioWord()),
        ]);

    [Fact]
    public void Policies_of_scenarios_name_operations_and_fields_only() =>
        Findings.None(Lines("scenarios/", "/policy.yaml", OfTheAttack()));

    [Theory]
    [InlineData("  - { name: bad, members: 'caller.network == \"198.51.100.0/24\"' }")]
    [InlineData("  - { name: bad, members: 'token.sub == \"partner-3\"' }")]
    [InlineData("  GET /accounts/300000001:")]
    [InlineData("  - { name: bad, members: 'header.userAgent == \"curl\"' }")]
    public void A_policy_that_names_its_attacker_is_found(string line) => Assert.Matches(OfTheAttack(), line);

    private static IEnumerable<string> Lines(string under, string end, Regex wrong) =>
        from path in RepositoryFiles.All
        where path.StartsWith(under, StringComparison.Ordinal) && path.EndsWith(end, StringComparison.Ordinal)
        from line in RepositoryFiles.Read(path).Split('\n').Select((text, index) => (text, index))
        where wrong.IsMatch(line.text)
        select $"{path}:{line.index + 1}: {line.text.Trim()}";

    [GeneratedRegex(@"Portcullis\.(Core|Analysis|Storage|AspNetCore)\b")]
    private static partial Regex Product();

    [GeneratedRegex(
        @"Portcullis\.(Analysis|Storage)\b|Portcullis\.Core\.(Classification|Exposure|Ownership|Contracts|Admission|Journal)\b"
    )]
    private static partial Regex Judging();

    [GeneratedRegex(@"\bB0[1-9]\b|\.replay\.test")]
    private static partial Regex ScenarioWord();

    // Addresses, long numbers (accounts, phones, populations), single callers, and what a client says it is.
    [GeneratedRegex(
        @"\d+\.\d+\.\d+\.\d+|[0-9a-f]*:[0-9a-f]*:[0-9a-f]*:|\d{5,}|\b(partner|agent|customer)-\d|user-?agent|fingerprint|network|address|attack",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex OfTheAttack();
}
