namespace Portcullis.Drills.Scenarios;

/// <summary>Reads the attack of a scenario and its variants, each lying over the common words.</summary>
internal static class AttackReader
{
    public static KeyValuePair<string, AttackShape>[] Read(ScenarioNode root, OperationShape[] operations)
    {
        var common = root.Map("attack");
        var variants = new List<KeyValuePair<string, AttackShape>>();
        foreach (var (name, node) in root.Maps("variants", common))
        {
            variants.Add(new(name, ReadOne(node, operations, name == Scenario.Lockout ? AttackAim.Lockout : AttackAim.Records)));
            node.Done();
        }
        var plain = ReadOne(common, operations, AttackAim.Records);
        common.Done();
        if (variants.Count == 0)
        {
            variants.Add(new("default", plain));
        }
        if (variants.All(pair => pair.Key != Scenario.Lockout))
        {
            variants.Add(new(Scenario.Lockout, variants[0].Value with { Aim = AttackAim.Lockout }));
        }
        variants.Add(new(Scenario.Control, variants[0].Value with { Aim = AttackAim.Control }));
        return [.. variants];
    }

    private static AttackShape ReadOne(ScenarioNode node, OperationShape[] operations, AttackAim aim)
    {
        var name = node.Text("operation");
        var operation = operations.FirstOrDefault(known => known.Name == name);
        if (operation is null)
        {
            node.Error(
                "operation",
                $"'{name}' is not an operation.{ScenarioNode.Hint(name, operations.Select(known => known.Name))}"
            );
        }
        var by = node.Word<PersonValue>("by", operation?.Finds.FirstOrDefault() ?? PersonValue.Account);
        if (operation is not null)
        {
            CheckHits(node, operation, by);
        }
        return new AttackShape
        {
            Aim = aim,
            Operation = name,
            Host = node.Has("host") ? node.Text("host") : null,
            By = by,
            Requests = node.Whole("requests", 1, 50_000),
            PerSecond = node.Number("perSecond", 0.001, 10_000),
            Order = node.Word<AttackOrder>("order", AttackOrder.Shuffled),
            Hits = node.Number("hits", 0.001, 1),
            Credential = node.Word<CredentialKind>("credential", CredentialKind.None),
            Addresses = node.Whole("addresses", 1, 60_000),
            AddressLife = node.Number("addressLife", 1, 1e7, 1800),
            Recon = node.Whole("recon", 0, 500, 60),
            UpstreamStillChecks = node.Word<UpstreamCheck>("upstreamStillChecks", UpstreamCheck.Nothing),
        };
    }

    // An attack that can hit nobody would make any promise look kept.
    private static void CheckHits(ScenarioNode node, OperationShape operation, PersonValue by)
    {
        if (operation.Answers == AnswerShape.Document)
        {
            node.Error("operation", $"'{operation.Name}' answers a document without a person; walk one that answers records.");
        }
        else if (operation.Finds.Length > 0 && !operation.Finds.Contains(by))
        {
            var finds = string.Join(", ", operation.Finds.Select(ScenarioNode.Word));
            node.Error(
                "by",
                $"'{operation.Name}' finds nobody by {ScenarioNode.Word(by)}; write one of {finds}, or add {ScenarioNode.Word(by)} to its finds."
            );
        }
    }
}
