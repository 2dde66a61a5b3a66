namespace Portcullis.Commands;

/// <summary>Every verb of the executable, found once at start.</summary>
internal static class CommandCatalog
{
    /// <summary>One of each command class, by name. Two of one name stop the start.</summary>
    public static IReadOnlyList<PortcullisCommand> Discover()
    {
        var commands = typeof(CommandCatalog)
            .Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(PortcullisCommand)))
            .Select(type => (PortcullisCommand)Activator.CreateInstance(type)!)
            .OrderBy(command => command.Name, StringComparer.Ordinal)
            .ToList();
        for (var i = 1; i < commands.Count; i++)
        {
            if (commands[i].Name == commands[i - 1].Name)
            {
                throw new InvalidOperationException($"Two commands are called '{commands[i].Name}'.");
            }
        }
        return commands;
    }
}
