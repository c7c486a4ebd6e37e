using AutoMapper;
using Roundtable.Domain.Email;

namespace Roundtable.Application.Email;

public sealed class EmailMappingProfile : Profile
{
    public EmailMappingProfile()
    {
        CreateProjection<OutboxMail, OutboxMailDto>().ForMember(d => d.To, o => o.MapFrom(m => m.ToMasked));
        CreateProjection<OutboxMail, MailRecordDto>().ForCtorParam(nameof(MailRecordDto.To), o => o.MapFrom(m => m.ToMasked));
    }
}
