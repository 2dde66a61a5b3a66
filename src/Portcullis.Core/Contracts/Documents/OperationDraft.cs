using Portcullis.Core.Contracts.Schemas;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>An operation whose schemas are not filled in yet; facts about fields can be told only afterwards.</summary>
internal sealed record OperationDraft(DeclaredOperation Operation, SchemaNode[] RequestSchemas, SchemaNode[] SuccessSchemas)
{
    public DeclaredOperation Finish(FieldFacts fields)
    {
        var answers = fields.NamesIn(SuccessSchemas);
        return Operation with
        {
            ResponseFields = answers,
            RequestFields = fields.NamesIn(RequestSchemas),
            DeclaredClasses = fields.ClassesOf(answers),
            ReturnsMany = SuccessSchemas.Any(FieldFacts.HoldsList),
            TakesUnboundedList = RequestSchemas.Any(FieldFacts.HoldsUnboundedList),
        };
    }
}
