using Portcullis.Commands;

return await new CommandLine(CommandCatalog.Discover()).RunAsync(args, Console.Out, Console.Error);
