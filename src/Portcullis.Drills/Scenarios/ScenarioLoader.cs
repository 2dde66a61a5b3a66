using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Portcullis.Drills.Scenarios;

/// <summary>Reads a scenario folder and reports everything that is wrong with it at once.</summary>
public static class ScenarioLoader
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <exception cref="ScenarioException">A file is missing or wrong; carries every error.</exception>
    public static Scenario Load(ScenarioFolder folder)
    {
        var errors = new List<string>();
        var root = Open(folder, "scenario.yaml", errors);
        var expected = Open(folder, "expected.yaml", errors);
        var contract = folder.Read("openapi.yaml");
        var policy = folder.Read("policy.yaml");
        AddMissing(folder, "openapi.yaml", contract, errors);
        AddMissing(folder, "policy.yaml", policy, errors);
        if (root is null || expected is null)
        {
            throw new ScenarioException(errors);
        }
        var days = root.Whole("days", 8, 400);
        var operations = ReadOperations(root);
        var variants = AttackReader.Read(root, operations);
        var scenario = new Scenario
        {
            Id = root.Text("id"),
            Title = root.Text("title"),
            Folder = folder.Name,
            IsBuiltIn = folder.IsBuiltIn,
            Days = days,
            AttackDay = root.Whole("attackDay", 7, Math.Max(7, days - 1)),
            SaleDay = root.Whole("saleDay", 0, days, days),
            ReleaseDay = root.Whole("releaseDay", 0, days, days),
            Population = ReadPopulation(root.Map("population")),
            Operations = operations,
            Roles = ReadRoles(root, operations),
            Variants = variants,
            Expectations = [.. expected.Items("targets").Select(item => ReadExpectation(item, variants))],
            BenignDeniedRate = expected.Number("benignDeniedRate", 0, 1, 1e-4),
            Contract = contract ?? "",
            Policy = policy ?? "",
        };
        root.Done();
        expected.Done();
        CheckPeople(root, scenario);
        return errors.Count == 0 ? scenario : throw new ScenarioException(errors);
    }

    private static ScenarioNode? Open(ScenarioFolder folder, string file, List<string> errors)
    {
        var name = $"{folder.Name}/{file}";
        if (folder.Read(file) is not { } text)
        {
            errors.Add($"{name}:1: is missing.");
            return null;
        }
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents.Count == 1 && yaml.Documents[0].RootNode is YamlMappingNode map)
            {
                return new ScenarioNode(name, "", map, errors);
            }
            errors.Add($"{name}:1: must be one mapping.");
        }
        catch (YamlException fault)
        {
            errors.Add($"{name}:{fault.Start.Line}: is not YAML: {fault.Message}");
        }
        return null;
    }

    private static void AddMissing(ScenarioFolder folder, string file, string? text, List<string> errors)
    {
        if (text is null)
        {
            errors.Add($"{folder.Name}/{file}:1: is missing.");
        }
    }

    private static PopulationPlan ReadPopulation(ScenarioNode node)
    {
        var plan = new PopulationPlan
        {
            People = node.Whole("people", 100, 500_000),
            FirstAccount = node.Whole("firstAccount", 1_000_000, 2_000_000_000, 300_000_000),
            Density = node.Number("density", 0.01, 1, 1),
            Family = node.Whole("family", 1, 10, 1),
        };
        node.Done();
        return plan;
    }

    private static OperationShape[] ReadOperations(ScenarioNode root)
    {
        var found = root.Maps("operations").Select(pair => ReadOperation(pair.Key, pair.Value)).ToArray();
        if (found.Length == 0)
        {
            root.Error("operations", "must name at least one operation.");
        }
        return found;
    }

    private static OperationShape ReadOperation(string name, ScenarioNode node)
    {
        var request = node.Text("request").Split(' ', 2);
        if (request.Length != 2 || !Methods.Contains(request[0]) || !request[1].StartsWith('/'))
        {
            node.Error("request", "must be a method and a target, such as 'GET /accounts/{accountId}'.");
            request = ["GET", "/"];
        }
        var answers = node.Word<AnswerShape>("answers", AnswerShape.Record);
        var operation = new OperationShape
        {
            Name = name,
            Method = request[0],
            Target = request[1],
            Host = node.Text("host"),
            Finds = ReadFinds(node),
            BodyField = node.Has("bodyField") ? node.Text("bodyField") : null,
            Body = node.Has("body") ? node.Text("body") : null,
            Answers = answers,
            Fields = answers == AnswerShape.Document ? [] : ReadFields(node),
            Document = answers == AnswerShape.Document ? node.Text("document") : null,
            Checks = node.Word<UpstreamCheck>("checks"),
        };
        if (answers != AnswerShape.Document && operation.Finds.Length == 0)
        {
            node.Error("finds", "must name the value by which a person is found.");
        }
        if (operation.Finds.Length > 0 && !operation.HasPlace)
        {
            node.Error(
                "request",
                $"has no place for the {ScenarioNode.Word(operation.Finds[0])} asked for; write {{name}} in path or query, or name a bodyField."
            );
        }
        node.Done();
        return operation;
    }

    private static PersonValue[] ReadFinds(ScenarioNode node)
    {
        var finds = new List<PersonValue>();
        foreach (var text in node.List("finds"))
        {
            if (ToValue(node, "finds", text) is { } value)
            {
                finds.Add(value);
            }
        }
        return [.. finds];
    }

    private static KeyValuePair<string, PersonValue>[] ReadFields(ScenarioNode node)
    {
        var fields = new List<KeyValuePair<string, PersonValue>>();
        foreach (var (field, text) in node.Pairs("fields"))
        {
            if (ToValue(node, $"fields.{field}", text) is { } value)
            {
                fields.Add(new(field, value));
            }
        }
        return [.. fields];
    }

    private static PersonValue? ToValue(ScenarioNode node, string key, string text)
    {
        if (Enum.TryParse<PersonValue>(text, ignoreCase: true, out var value) && !char.IsAsciiDigit(text[0]))
        {
            return value;
        }
        var names = Enum.GetValues<PersonValue>().Select(ScenarioNode.Word);
        node.Error(key, $"'{text}' is not a value of a person.{ScenarioNode.Hint(text, names)}");
        return null;
    }

    private static RoleShape[] ReadRoles(ScenarioNode root, OperationShape[] operations)
    {
        var found = root.Maps("roles").Select(pair => ReadRole(pair.Key, pair.Value, operations)).ToArray();
        if (found.Length == 0)
        {
            root.Error("roles", "must name at least one kind of honest caller: without any nobody could be denied.");
        }
        return found;
    }

    private static RoleShape ReadRole(string name, ScenarioNode node, OperationShape[] operations)
    {
        _ = node.Text("what");
        var perDay = node.Number("perDay", 0.01, 100_000);
        var role = new RoleShape
        {
            Name = name,
            Users = node.Whole("users", 1, 100_000),
            PerDay = perDay,
            PerDayMost = node.Number("perDayMost", perDay, 100_000, perDay),
            Credential = node.Word<CredentialKind>("credential"),
            Network = node.Word<NetworkKind>("network"),
            Rhythm = node.Word<Rhythm>("rhythm", Rhythm.Day),
            Whom = node.Word<Whom>("whom", Whom.Own),
            Customers = node.Whole("customers", 1, 1_000_000, 1),
            Misses = node.Number("misses", 0, 0.95, 0),
            Family = node.Number("family", 0, 1, 0),
            FlashSale = node.Number("flashSale", 1, 100, 1),
            Asks = ReadAsks(node, operations),
        };
        node.Done();
        return role;
    }

    private static KeyValuePair<string, double>[] ReadAsks(ScenarioNode node, OperationShape[] operations)
    {
        var asks = new List<KeyValuePair<string, double>>();
        foreach (var (operation, text) in node.Pairs("asks"))
        {
            if (!double.TryParse(text, out var weight) || weight <= 0)
            {
                node.Error("asks", $"'{text}' is not a weight above 0.");
            }
            else if (operations.All(known => known.Name != operation))
            {
                node.Error(
                    "asks",
                    $"'{operation}' is not an operation.{ScenarioNode.Hint(operation, operations.Select(known => known.Name))}"
                );
            }
            else
            {
                asks.Add(new(operation, weight));
            }
        }
        if (asks.Count == 0)
        {
            node.Error("asks", "must name at least one operation.");
        }
        return [.. asks];
    }

    private static Expectation ReadExpectation(ScenarioNode node, KeyValuePair<string, AttackShape>[] variants)
    {
        var variant = node.Text("variant");
        if (variants.All(known => known.Key != variant))
        {
            node.Error(
                "variant",
                $"'{variant}' is not a variant.{ScenarioNode.Hint(variant, variants.Select(known => known.Key))}"
            );
        }
        var levels = new List<KnowledgeLevel>();
        foreach (var text in node.List("knowledge"))
        {
            if (Enum.TryParse<KnowledgeLevel>(text, ignoreCase: true, out var level))
            {
                levels.Add(level);
            }
            else
            {
                node.Error("knowledge", $"'{text}' is not one of none, learned, spec, policy.");
            }
        }
        var expectation = new Expectation
        {
            Variant = variant,
            Knowledge = [.. levels],
            Lost = node.Whole("lost", 0, int.MaxValue),
            PerIdentity = node.Whole("perIdentity", 0, int.MaxValue, 0),
        };
        node.Done();
        return expectation;
    }

    private static void CheckPeople(ScenarioNode root, Scenario scenario)
    {
        var people = scenario.PeopleOfCallers;
        if (people * 2 > scenario.Population.People)
        {
            root.Error(
                "population",
                $"{people} people, kept for callers and their families, leave fewer than half to others; ask for more people or fewer users."
            );
        }
    }
}
