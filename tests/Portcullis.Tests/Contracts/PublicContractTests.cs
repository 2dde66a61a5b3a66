using Portcullis.Core.Contracts;
using Portcullis.TestKit;

namespace Portcullis.Tests.Contracts;

public sealed class PublicContractTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_public_document_is_loaded_or_refused_with_a_reason_to_act_on()
    {
        var folder = PublicTestData.Find("openapi");
        Assert.SkipWhen(folder is null, PublicTestData.Missing("openapi"));
        var refused = 0;
        var operations = 0;
        var files = Directory
            .EnumerateFiles(folder!, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".json", StringComparison.Ordinal) || file.EndsWith(".yaml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        foreach (var file in files)
        {
            var contract = ContractDocument.Load(file);
            operations += contract.IsUsable ? contract.Operations.Count : 0;
            if (contract.IsUsable)
            {
                Assert.NotEmpty(contract.Operations);
                continue;
            }
            refused++;
            output.WriteLine(string.Join('\n', contract.Errors.Take(3)));
            Assert.All(
                contract.Errors,
                error => Assert.True(error.Problem.Length > 10 && error.Remedy.Length > 5, error.ToString())
            );
        }
        output.WriteLine($"{files.Count} documents, {refused} refused, {operations} operations");
        Assert.True(files.Count - refused > files.Count * 3 / 4, $"{refused} of {files.Count} refused");
    }
}
