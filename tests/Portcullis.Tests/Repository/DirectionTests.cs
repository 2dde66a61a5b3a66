using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Portcullis.Tests.Repository;

/// <summary>Which project may know which, and which may touch network and databases.</summary>
public sealed class DirectionTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Portcullis.Core"] = [],
        ["Portcullis.AspNetCore"] = ["Portcullis.Core"],
        ["Portcullis.Analysis"] = ["Portcullis.Core"],
        ["Portcullis.Storage"] = ["Portcullis.Analysis", "Portcullis.Core"],
        ["Portcullis.Drills"] = ["Portcullis.Analysis", "Portcullis.Core"],
    };

    private static readonly string[] Outside = ["Microsoft.AspNetCore", "System.Net.Http", "System.Data"];

    // System.Net.Sockets itself holds AddressFamily, which an address cannot be read without.
    private static readonly string[] Connections =
    [
        "Socket",
        "TcpClient",
        "TcpListener",
        "UdpClient",
        "NetworkStream",
        "Dns",
        "HttpClient",
    ];
    private static readonly string[] Drivers = ["Microsoft.Data.Sqlite", "SQLitePCL", "DuckDB", "Npgsql"];

    [Fact]
    public void Projects_reference_only_what_lies_below_them() =>
        Findings.None(
            from project in RepositoryFiles
                .WithExtension(".csproj")
                .Where(path => path.StartsWith("src/", StringComparison.Ordinal))
            let name = Path.GetFileNameWithoutExtension(project)
            where name != "Portcullis"
            from reference in References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path))
            where !MayReference[name].Contains(reference)
            select $"{name} → {reference}"
        );

    [Fact]
    public void Folders_of_a_project_form_no_cycle() =>
        Findings.None(
            SourceFile
                .Under("src/")
                .Select(file => file.Path.Split('/')[1])
                .Distinct()
                .SelectMany(project => Rings(FolderArrow.Within(project)))
        );

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = RepositoryFiles.Read("Portcullis.slnx");
        Findings.None(RepositoryFiles.WithExtension(".csproj").Where(path => !solution.Contains($"\"{path}\"")));
    }

    [Fact]
    public void Package_versions_stand_in_one_place() =>
        Findings.None(
            from project in RepositoryFiles.WithExtension(".csproj")
            from reference in XDocument.Parse(RepositoryFiles.Read(project)).Descendants("PackageReference")
            where reference.Attribute("Version") is not null
            select $"{project}: {reference.Attribute("Include")?.Value}"
        );

    [Fact]
    public void Every_project_has_a_lock_file() =>
        Findings.None(
            RepositoryFiles
                .WithExtension(".csproj")
                .Where(path => !RepositoryFiles.All.Contains(path[..path.LastIndexOf('/')] + "/packages.lock.json"))
        );

    [Fact]
    public void Core_knows_no_web_server_network_or_database() =>
        Findings.None(Namespaces("src/Portcullis.Core/", [.. Outside, .. Drivers]));

    [Fact]
    public void Core_opens_no_connection() =>
        Findings.None(
            from file in SourceFile.Under("src/Portcullis.Core/")
            from name in file.Unit.DescendantNodes().OfType<IdentifierNameSyntax>()
            where Connections.Contains(name.Identifier.Text)
            select $"{file.Place(name)}: {name}"
        );

    [Fact]
    public void Core_has_no_framework_reference() =>
        Assert.Empty(References("src/Portcullis.Core/Portcullis.Core.csproj", "FrameworkReference"));

    [Fact]
    public void Database_drivers_are_known_only_to_storage() =>
        Findings.None(
            SourceFile
                .Under("src/")
                .Select(file => file.Path.Split('/')[1])
                .Distinct()
                .Where(project => project != "Portcullis.Storage")
                .SelectMany(project => Namespaces($"src/{project}/", Drivers))
        );

    // Takes away, again and again, every folder that uses none of the others or is used by none: what is left are the rings.
    private static IEnumerable<string> Rings(IReadOnlyList<FolderArrow> arrows)
    {
        while (true)
        {
            var users = arrows.Select(arrow => arrow.From).ToHashSet();
            var used = arrows.Select(arrow => arrow.To).ToHashSet();
            var left = arrows.Where(arrow => users.Contains(arrow.To) && used.Contains(arrow.From)).ToArray();
            if (left.Length == arrows.Count)
            {
                return left.DistinctBy(arrow => (arrow.From, arrow.To)).Select(arrow => arrow.ToString());
            }
            arrows = left;
        }
    }

    private static IEnumerable<string> Namespaces(string folder, string[] banned) =>
        from file in SourceFile.Under(folder)
        from name in file.Unit.DescendantNodes().Where(node => node is NameSyntax or MemberAccessExpressionSyntax)
        where
            banned.Any(prefix => name.ToString() == prefix || name.ToString().StartsWith(prefix + ".", StringComparison.Ordinal))
        select $"{file.Place(name)}: {name}";

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument
            .Parse(RepositoryFiles.Read(project))
            .Descendants(kind)
            .Select(reference => reference.Attribute("Include")!.Value);
}
