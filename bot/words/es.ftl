# Every sentence of the bot in Spanish, as California's public libraries speak it: usted, plain, warm, short;
# a next step at the end. A mentee is "aprendiz", the coordinators are "la coordinación", the two people
# matched are "pareja de mentoría", the season is "edición", the acknowledgement form is "acuerdo de mentoría".
# Marks: **strong** and `to type`. Placeholders are filled with what cannot format or mention.

## Dates
weekday-0 = lunes
weekday-1 = martes
weekday-2 = miércoles
weekday-3 = jueves
weekday-4 = viernes
weekday-5 = sábado
weekday-6 = domingo
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
month-year = { $month } de { $year }
moment-date = { $weekday } { $day } de { $month } de { $year }
moment-date-time = { $weekday } { $day } de { $month } de { $year } a las { $hour24 }:{ $minute } ({ $zone })
moment-clock = { $hour24 }:{ $minute }
moment-short = { $weekday } { $day } { $month }, { $hour24 }:{ $minute } { $zone }

## Buttons
button-about = Sobre el programa
button-help = Qué puedo escribir
button-menu = Abrir mi menú
button-apply-mentee = Participar como aprendiz
button-apply-mentor = Participar como mentor o mentora
button-continue = Continuar mi solicitud
button-change-application = Cambiar mi solicitud
button-send = Enviar mi solicitud
button-save = Guardar
button-next-step = Guardar y continuar
button-write = Escribir mis respuestas
button-back = Atrás
button-next = Siguiente
button-status = ¿Cómo va mi solicitud?
button-withdraw = Retirarme
button-keep = No, dejar todo como está
button-agreement = Leer y firmar el acuerdo
button-sign = Firmar
button-check-in = ¿Nos reunimos este mes?
button-open-form = Abrir el formulario
button-mend = Corregir mis respuestas
button-office = Mesa de coordinación
button-reopen-office = Abrir un canal nuevo
button-enter-office = Entrar en el canal de coordinación
button-queue = Quién está en espera
button-accept = Aceptar
button-decline = Rechazar con un motivo
button-wait-list = Poner en lista de espera
button-accept-all = Aceptar solicitudes elegibles
button-accept-all-yes = Sí, aceptar
button-close-yes = Sí, cerrar las solicitudes
button-move-undo = Deshacer este cambio
button-next-season = Preparar la próxima edición
button-next-season-yes = Sí, preparar esta edición
button-move-yes = Sí, cambiar la fecha
button-propose = Proponer parejas
button-propose-again = Proponer otra vez
button-publish = Publicar las parejas
button-pin = Sí, fijar la pareja
button-forbid = Sí, mantener aparte
button-swap = Sí, intercambiar
button-one-more = Preguntarle
button-one-more-yes = Sí, una más
button-one-more-no = No, esta vez no
button-proposal = Ver la propuesta
button-next-page = Página siguiente
button-previous-page = Página anterior
button-try-again = Intentar de nuevo
button-leave-it = Dejarlo así
button-publish-yes = Sí, publicar y presentar
button-pairs = Ver las parejas
button-remind-people = Enviar recordatorios
button-not-now = Ahora no

## Home and status
button-my-data = Mis datos
home-heading = { $program }
home-season = { $phase ->
    [draft] Las solicitudes se abren el { $at }.
    [applications_open] Las solicitudes están abiertas hasta el { $at }.
    [review] El plazo de solicitudes ya cerró. El programa comienza el { $at }.
    [agreements_due] El programa comienza el { $at }.
    [running] El programa está en marcha hasta el { $at }.
    [wrap_up] El programa terminó. Todavía puede comunicarse aquí con la coordinación hasta el { $at }.
   *[closed] Esta edición terminó el { $at }. Gracias por haber sido parte de ella.
}
home-coordinator = Usted forma parte de la coordinación de este programa.
status-heading = Cómo va su participación
status-not-applied = { $part ->
    [before] Todavía no ha enviado una solicitud. Las solicitudes se abren el { $opens }.
    [open] No ha enviado una solicitud en esta edición.
    [underway] No ha enviado una solicitud en esta edición, y el plazo cerró el { $close }. Si desea participar, escriba a { $contact }.
   *[over] No participó en esta edición. Si desea participar en la próxima, escriba a { $contact }.
}
status-draft = Su solicitud como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
} { $part ->
    [before] **todavía no se ha enviado**. Podrá enviarla cuando se abran las solicitudes, el { $opens }.
    [open] **todavía no se ha enviado**. { $missing ->
        [0] Todas las preguntas obligatorias tienen respuesta.
        [one] Falta responder una pregunta obligatoria.
       *[other] Falta responder { $missing } preguntas obligatorias.
    } Para participar, envíela a más tardar el { $close }.
   *[closed] **no se envió** antes del cierre, el { $close }, así que no participa en esta edición. Sus respuestas quedan guardadas. Si cree que hay un error, escriba a { $contact }.
}
status-submitted = Su solicitud como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
} está **recibida**. { $part ->
    [over] La edición terminó antes de que se decidiera, y lo sentimos. Por favor, escriba a { $contact }.
   *[now] La coordinación lee todas las solicitudes; sobre la suya todavía no hay una decisión.
}
status-not-on-roster = Su solicitud como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
} está **recibida**. { $part ->
    [over] La edición terminó antes de que encontráramos su nombre en la lista de participantes de PLSEP, y lo sentimos. Por favor, escriba a { $contact }.
   *[now] Todavía no encontramos su nombre en la lista de participantes actuales de PLSEP, así que la coordinación lo está revisando.
}
status-accepted = Su solicitud como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
} está **aceptada**. { $part ->
    [over] En esta edición no se formó una pareja con usted, y lo sentimos. Por favor, escriba a { $contact }.
    [open] Las parejas se forman después del cierre de solicitudes, el { $close }.
   *[now] La coordinación está formando las parejas.
}
status-proposed = Su solicitud como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
} está **aceptada**. { $part ->
    [over] En esta edición no se formó una pareja con usted, y lo sentimos. Por favor, escriba a { $contact }.
   *[now] La coordinación está revisando posibles parejas. Todavía no hay nada decidido.
}
status-unmatched = Su solicitud como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
} está **aceptada**, pero por ahora **no hay pareja** para usted. { $why } { $part ->
    [over] La edición ya terminó. Si desea participar en la próxima, escriba a { $contact }.
   *[now] La coordinación lo sabe y le escribirá aquí si se abre un lugar. Si tiene alguna pregunta, escriba a { $contact }.
}
status-ended = Su pareja de mentoría **terminó**, y usted sigue en el programa como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
}. { $part ->
    [over] La edición ya terminó. Si tiene alguna pregunta, escriba a { $contact }.
   *[now] Alguien de la coordinación se comunicará con usted sobre lo que sigue. También puede escribir a { $contact }.
}
status-completed = Usted participó en esta edición como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
} y la **completó**. Gracias por el tiempo que dedicó. Si tiene alguna pregunta, escriba a { $contact }.
status-wait-listed = Su solicitud como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
} está en la **lista de espera**. { $part ->
    [over] En esta edición no se abrió un lugar, y lo sentimos. Si desea participar en la próxima, escriba a { $contact }.
   *[now] Por ahora todos los lugares están ocupados. Si se abre uno, puede ser para usted.
}
status-declined = Su solicitud **no fue aceptada**. Si tiene alguna pregunta, escriba a { $contact }. La coordinación escribió: { $reason }
status-withdrawn = Su solicitud como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
} está **retirada**. { $part ->
    [open] Puede volver a solicitar hasta el { $close }.
    [before] Puede volver a solicitar cuando se abran las solicitudes, el { $opens }.
   *[closed] Si desea volver, escriba a { $contact }.
}
status-changed = { $part ->
    [open] Tiene **cambios sin enviar**. Abra su solicitud y envíela otra vez para que cuenten.
   *[closed] También tiene cambios que no se enviaron antes del cierre. Cuenta lo que ya había enviado.
}
status-paired = Ya tiene **pareja de mentoría**. Usted participa como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
} con:
status-partner = { $person }{ $introduced ->
    [no] { " " }(la presentación está en camino)
   *[yes] { "" }
}
status-signed = Su acuerdo de mentoría está firmado.
status-unsigned = { $overdue ->
    [yes] La fecha límite de su acuerdo de mentoría fue el { $due }; si lo firma ahora, vale de todos modos.
   *[no] Su acuerdo de mentoría todavía no está firmado. La fecha límite es el { $due }.
}
next-apply = **Qué sigue:** presione uno de los botones para enviar su solicitud. Puede detenerse en cualquier momento; lo que haya respondido queda guardado.
next-answer = **Qué sigue:** responda las preguntas que faltan y después envíe su solicitud.
next-send = **Qué sigue:** envíe su solicitud.
next-wait = **Qué sigue:** por ahora no tiene que hacer nada. Recibirá un mensaje aquí.
next-sign = **Qué sigue:** lea y firme el acuerdo. Toma un minuto.
next-introduction = **Qué sigue:** por ahora no tiene que hacer nada. Se conocerán en un canal privado, solo para ustedes.
next-survey = **Qué sigue:** cuéntenos cómo le fue, en la encuesta final. Toma unos cinco minutos.
next-meet = **Qué sigue:** acuerden su próxima reunión en su canal privado.

## About
about-mentee-benefits = **Lo que se gana como aprendiz**
about-mentor-benefits = **Lo que se gana como mentor o mentora**
about-expected = **Lo que se espera**
about-how-to-apply = { $part ->
    [before] **Cómo participar.** Las solicitudes se abren el { $opens }. Desde entonces encontrará aquí los botones; no pierde nada por esperar.
    [open] **Cómo participar.** Presione uno de los botones de abajo. Puede detenerse en cualquier momento; lo que haya respondido queda guardado.
    [underway] **El plazo de solicitudes cerró** el { $close }. Si desea participar ahora o la próxima vez, escriba a { $contact }. Si ya envió una solicitud, puede ver cómo va.
   *[over] **Esta edición terminó.** Si desea participar en la próxima, escriba a { $contact }.
}
timeline-open = **Apertura de solicitudes:** { $at }
timeline-close = **Cierre de solicitudes:** { $at }
timeline-agreements = **Fecha límite para firmar el acuerdo:** { $at }
timeline-runs = **Duración del programa:** del { $from } al { $until }

## Application
application-title = { $role ->
    [mentee] Solicitud de aprendiz
   *[mentor] Solicitud de mentor/a
}
application-intro = Junto a cada pregunta verá quién leerá su respuesta. Puede cambiar sus respuestas hasta el { $at }.
application-step-title = Solicitud: paso { $step } de { $steps }
application-step = { $role ->
    [mentee] Esta es su solicitud como aprendiz.
   *[mentor] Esta es su solicitud como mentor o mentora.
} Cada paso se guarda al continuar, así que puede detenerse cuando quiera y volver con `/mentorship apply`.
application-step-last = Este es el último paso: el botón de abajo envía su solicitud.
step-still-open = Ya casi está. En este paso falta una respuesta para poder enviar todo.
panel-heading = { $role ->
    [mentee] Solicitud como aprendiz
   *[mentor] Solicitud como mentor o mentora
}: paso { $step } de { $steps }
panel-saved = Lo que elige se guarda al momento. Puede cerrar esto y volver con `/mentorship apply`.
panel-complete = Todas las preguntas obligatorias tienen respuesta. Envíe su solicitud cuando quiera.
panel-missing = { $count ->
    [one] Falta responder una pregunta obligatoria
   *[other] Falta responder { $count } preguntas obligatorias
}: { $questions }
answer-open = (por favor, responda)
answer-optional = (opcional)
answer-long = { $beginning } ({ $length } caracteres; se guarda todo)
answer-long-shared = { $beginning } (el comienzo de { $length } caracteres; pregunten por el resto cuando se reúnan)
panel-part = { $question }: de { $from } a { $to }
answer-yes = Sí
answer-no = No
answer-missing = Por favor, responda esta pregunta.
shared-match = Lo verá su pareja de mentoría.
shared-coordinators = Solo lo verá la coordinación.
panel-shared-match = { $question } (lo verá su pareja de mentoría)
panel-shared-coordinators = { $question } (solo la coordinación)
received-heading = Recibida, muchas gracias
received = Su solicitud como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
} está guardada. Puede cambiarla hasta el { $close }.
received-next = La coordinación lee todas las solicitudes. Recibirá un mensaje aquí cuando haya una decisión sobre la suya.
received-not-on-roster = No encontramos su nombre en la lista de participantes actuales de PLSEP, así que la coordinación lo revisará. No tiene que hacer nada. Si cree que hay un error, escriba a { $contact }.
accepted-heading = Su solicitud está aceptada
draft-reminder-heading = Su solicitud todavía no se ha enviado
draft-reminder = Su solicitud como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
} le espera. { $missing ->
    [0] Todas las preguntas obligatorias tienen respuesta, así que solo falta enviarla.
    [one] Falta responder una pregunta obligatoria.
   *[other] Falta responder { $missing } preguntas obligatorias.
} Participa si la envía a más tardar el { $close }. Sus respuestas quedan guardadas. Si cambió de opinión, puede retirarla.
accepted = Le damos la bienvenida al programa. Usted participa como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
}. Ahora la coordinación formará las parejas; el programa comienza el { $at }. Le avisaremos aquí.
wait-listed-heading = Su solicitud está en la lista de espera
wait-listed = Por ahora, todos los lugares como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
} están ocupados, así que su solicitud queda en espera. Si se abre un lugar, recibirá un mensaje aquí; no tiene que hacer nada. Si tiene alguna pregunta, escriba a { $contact }.
found-on-roster = Buenas noticias: ya encontramos su nombre en la lista de participantes actuales de PLSEP. Ahora la coordinación leerá su solicitud, y usted recibirá un mensaje aquí cuando haya una decisión.
declined = Esta vez no pudimos aceptar su solicitud. La coordinación le escribe:
declined-contact = Si tiene alguna pregunta, escriba a { $contact }.
withdraw-question = ¿Desea retirar su solicitud? Puede volver a solicitar mientras el plazo siga abierto.
withdraw-question-paired = ¿Desea dejar su pareja de mentoría y el programa? Avisaremos con amabilidad a la otra persona que la mentoría terminó, y la coordinación se comunicará con ella.
withdrawn = Se ha retirado. Gracias por avisarnos. Si cambia de opinión, puede volver a solicitar hasta el { $close }; después de esa fecha, escriba a la coordinación.
correction = { $label }: { $fault }
corrections = Ya casi está. No se perdió nada; por favor, corrija lo siguiente:
form-ready = Disculpe la espera. Su formulario está listo. Presione el botón para abrirlo: { $title }
date-moved = Cambió una fecha del programa de mentoría. { $date ->
    [applications_open] Apertura de solicitudes
    [applications_close] Cierre de solicitudes
    [agreements_due] Fecha límite para firmar el acuerdo
    [runs_from] Inicio del programa
    [runs_until] Fin del programa
   *[wrap_up_until] Cierre de la edición
}: { $at }. Por favor, anote la nueva fecha. Encontrará todas las fechas con `/mentorship about`.
date-not-moved = Finalmente, una fecha del programa de mentoría no cambió. Sigue siendo la de antes. { $date ->
    [applications_open] Apertura de solicitudes
    [applications_close] Cierre de solicitudes
    [agreements_due] Fecha límite para firmar el acuerdo
    [runs_from] Inicio del programa
    [runs_until] Fin del programa
   *[wrap_up_until] Cierre de la edición
}: { $at }. Encontrará todas las fechas con `/mentorship about`.
unmatched-heading = Esta vez no hubo pareja de mentoría
unmatched-no-eligible-mentor = Según las reglas del programa, no había en esta edición un mentor o una mentora con quien formar pareja, por ejemplo, porque trabajan en su mismo sistema bibliotecario.
unmatched-contested = Hubo más solicitudes de aprendices que lugares con mentores y mentoras, y todos los lugares ya se ocuparon.
unmatched-no-eligible-mentee = Según las reglas del programa, no había en esta edición aprendices con quienes formar pareja, por ejemplo, porque trabajan en su mismo sistema bibliotecario.
unmatched-no-mentee-left = Cada aprendiz ya tiene mentor o mentora, así que esta vez no quedó nadie con quien formar pareja. Gracias por ofrecerse.
unmatched-no-place = En esta edición usted no ofreció lugar para aprendices.
unmatched-next = La coordinación lo sabe y le escribirá aquí si se abre un lugar. Si tiene alguna pregunta, escriba a { $contact }.

## Acknowledgement form
agreement-title = Acuerdo de mentoría
agreement-how = Por favor, firme a más tardar el { $at }: presione el botón y escriba su nombre completo.
agreement-how-late = La fecha límite fue el { $at }. Si lo firma ahora, vale de todos modos: presione el botón y escriba su nombre completo.
agreement-form-intro = Al escribir su nombre, firma el acuerdo de mentoría que acaba de leer.
agreement-name-label = Su nombre completo
agreement-name-hint = Como firmaría una carta.
agreement-signed = Firmado por { $name } el { $at } (versión del texto: { $version }).
agreement-late = Firmado después de la fecha límite. Vale de todos modos.
agreement-copy-note = Esta copia es para usted; puede guardarla.
agreement-thanks = Gracias, { $name }. Su acuerdo está firmado y le enviaremos una copia por mensaje directo.
agreement-already = Usted firmó el acuerdo el { $at }. No tiene que hacer nada más.
agreement-text-changed = Desde entonces, el acuerdo del programa tiene un texto nuevo. Lo que usted firmó sigue valiendo.
agreement-reminder-heading = Por favor, firme el acuerdo de mentoría
agreement-reminder = La fecha límite de su acuerdo de mentoría es el { $at }. Leerlo y firmarlo toma un minuto.
agreement-reminder-late = La fecha límite de su acuerdo de mentoría fue el { $at }. Si lo firma ahora, vale de todos modos; leerlo y firmarlo toma un minuto.

## Pair
room-topic = { $program }: un lugar privado para una pareja de mentoría
intro-heading = Les presentamos a su pareja de mentoría
intro-welcome = Les damos la bienvenida, { $mentor } y { $mentee }. Desde hoy comparten esta mentoría.
intro-private = Aquí solo están ustedes dos y este bot. La coordinación no lee su conversación.
intro-side = { $name }, { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
}
intro-one-clock = Viven con el mismo reloj: cuando para { $one } son las { $one-time }, para { $other } son las { $other-time }.
intro-two-clocks = Cuando para { $one } son las { $one-time }, para { $other } son las { $other-time }. Cada hora que menciono aquí la muestro a cada quien según su propio reloj.
intro-turn = Se turnan para proponer las reuniones; empieza { $name }. Cualquiera de los dos puede usar el botón.
intro-why = **Por qué formamos esta pareja**
intro-first = **Para su primera reunión**
intro-agenda-1 = Salúdense: cuenten cómo llegaron a las bibliotecas y qué disfrutan del trabajo.
intro-agenda-2 = Hablen de las metas de quien aprende y de lo que puede ofrecer quien orienta.
intro-agenda-3 = Acuerden cómo y con qué frecuencia se reunirán. Una vez al mes es un buen comienzo.
intro-agenda-4 = Antes de despedirse, fijen la fecha y la hora de la próxima reunión.
intro-expected = El programa va del { $from } al { $until }. Ustedes deciden cuándo y cómo reunirse; se recomienda al menos una vez al mes. Una vez al mes les preguntaré cómo van.
intro-sign = Antes que nada: por favor, firmen los dos el acuerdo de mentoría a más tardar el { $at }.
reason-pinned = la coordinación sugirió esta pareja
reason-specialisations = intereses en común: { $what }
reason-times = { $hours ->
    [one] suelen coincidir en su horario libre, cerca de una hora por semana
   *[other] suelen coincidir en su horario libre, cerca de { $hours } horas por semana
}
reason-formats = las mismas formas de reunirse: { $what }
reason-languages = idiomas en común: { $what }
reason-position = quien orienta tiene un puesto de más responsabilidad
reason-first = conoce mejor que nada lo que más importa a la persona aprendiz: { $what }
reason-sought = ocupa el puesto que la persona aprendiz desea alcanzar
reason-goals = las metas de una parte y lo que ofrece la otra van juntas
reason-years = { $years ->
    [one] quien orienta lleva un año más en bibliotecas
   *[other] quien orienta lleva { $years } años más en bibliotecas
}
nudge-heading = Su seguimiento de { $month }
nudge = ¿Se han reunido en { $month }? { $people ->
    [one] Responda con un toque.
   *[other] Cada persona responde con un toque.
}
nudge-again = ¿Ya pudieron reunirse en { $month }? { $people ->
    [one] Responda con un toque.
   *[other] Cada persona responde con un toque.
}
nudge-directly = ¿Se han reunido usted y { $partner } en { $month }? Responda con un toque.
nudge-directly-again = ¿Ya pudieron reunirse usted y { $partner } en { $month }? Responda con un toque.
nudge-prompt = Un tema para conversar este mes:
nudge-private = Solo la coordinación ve lo que responde cada persona. Si se reunieron, no volveré a preguntar este mes. Puede cambiar su respuesta con los mismos botones.
nudge-directly-private = Solo la coordinación ve su respuesta. Si se reunieron, no volveré a preguntar este mes. Si prefiere que le pregunte en su canal, escriba `/mentorship settings`.
check-in-said = Hasta ahora usted respondió: { $answer }. Puede cambiarlo aquí.
check-in = ¿Ya se reunieron usted y { $partner } en { $month }?
check-in-met = Nos reunimos
check-in-planned = Ya está planeado
check-in-not-yet = Todavía no
check-in-need-help = Necesitamos ayuda
thanks-met = Qué gusto. Su reunión de { $month } queda anotada, y no volveré a preguntar este mes.
thanks-planned = Muy bien. Queda anotado que su reunión de { $month } está planeada. Que la disfruten.
thanks-not-yet = Gracias por su sinceridad. Una llamada corta también cuenta como su reunión de { $month }.
planned-set = Si escribe aquí la fecha y la hora, las dos personas la reciben para su calendario, con un recordatorio.
not-yet-prompt = Un comienzo fácil, si le sirve:
not-yet-again = Le preguntaré una vez más dentro de { $days ->
    [one] un día
   *[other] { $days } días
}.
thanks-change = Puede cambiar su respuesta sobre { $month } con los mismos botones. Cuenta la última que dé.
help-question = ¿Qué le ayudaría más? No hace falta elegir, y su pareja de mentoría no lo ve.
help-kind-time = No encontramos un horario
help-kind-no-answer = Mi pareja de mentoría no responde
help-kind-topics = No sabemos de qué hablar
help-kind-other = Otra cosa
help-thanks = Gracias. La coordinación ya lo sabe también. Si quiere, puede escribirle unas palabras.
help-noted = Gracias por escribir. Solo la coordinación lo lee, y alguien le escribirá.
button-note = Escribir una nota
button-note-send = Enviar
note-title = Nota a la coordinación
note-label = Su nota
note-hint = Solo la lee la coordinación, no su pareja de mentoría.
notice-help = { $person }, en pareja con { $partner }, dice sobre { $month }:
thanks-need-help = Gracias por decirlo. La coordinación ya sabe que necesitan ayuda en { $month } y alguien les escribirá.
farewell-heading = Gracias a ustedes
farewell = El { $program } llegó a su fin.{ $met } Gracias por el tiempo que se dedicaron.
farewell-next = Este canal se cerrará ahora. Podrán seguir leyéndolo. Si tienen alguna pregunta, escriban a { $contact }.
pair-ended-early = Esta mentoría ha terminado. Gracias por el tiempo que se dedicaron. Alguien de la coordinación se comunicará con ustedes; también pueden escribir a { $contact }.

## Encaje de la pareja
pulse-heading = { $occasion ->
    [first_meeting] Ya se reunieron
   *[mid_term] Ya pasó la mitad del programa
}
pulse-question = { $occasion ->
    [first_meeting] ¿Cómo siente hasta ahora la mentoría con { $partner }?
   *[mid_term] ¿Cómo siente a estas alturas la mentoría con { $partner }?
}
pulse-private = Solo la coordinación ve su respuesta, nunca su pareja de mentoría. Nada sucede por sí solo.
pulse-change = Puede cambiar su respuesta con los botones de la pregunta.
fit-good = Encajamos bien
fit-deciding = Todavía no lo sé
fit-not-good = No encajamos
pulse-thanks-good = Qué bueno saberlo. Gracias. Si quiere, cuente a la coordinación qué funciona bien.
pulse-thanks-deciding = Gracias, está muy bien así. A veces hacen falta algunas reuniones. Si algo le ayudaría, cuéntelo a la coordinación.
pulse-thanks-not-good = Gracias por decirlo. Sucede, y no es culpa de nadie. La coordinación ya lo sabe; su pareja de mentoría no, y nada cambia si usted no lo quiere. ¿Qué le gustaría?
fit-wish-talk = Quiero hablar con alguien
fit-wish-another = Quiero otra pareja de mentoría
fit-wish-nothing = Solo quería decirlo
fit-noted-talk = Alguien de la coordinación le escribirá. Si quiere, dígale cuándo le viene bien.
fit-noted-another = La coordinación sabe que le gustaría otra pareja de mentoría. Primero le escribirá alguien para ver con usted quién más podría encajar. Hasta entonces su mentoría sigue como está.
fit-noted-nothing = Queda anotado. Si después de todo quiere hablar, escriba una nota y la coordinación le responderá.
notice-fit = { $person } dice en privado que no encaja con { $partner }. Por favor, escríbale; su pareja de mentoría no lo sabe.
notice-fit-more = { $person } añade en privado sobre la mentoría con { $partner } ({ $occasion ->
    [first_meeting] después de la primera reunión
   *[mid_term] a mitad del programa
}):

## Ajustes
button-settings = Mis ajustes
button-write-zone = Otra zona horaria
button-write-hours = Otro horario
button-pause = Pausa
button-pause-until = Hasta una fecha
button-resume = Terminar la pausa ahora
moment-time = { $hour24 }:{ $minute }
moment-of-the-program = { $yours } (en el reloj del programa: { $theirs })
zone-pacific-honolulu = Hora de Hawái (Honolulu)
zone-america-anchorage = Hora de Alaska (Anchorage)
zone-america-los-angeles = Hora del Pacífico (Los Ángeles)
zone-america-phoenix = Hora de Arizona (Phoenix)
zone-america-denver = Hora de la Montaña (Denver)
zone-america-chicago = Hora del Centro (Chicago)
zone-america-new-york = Hora del Este (Nueva York)
zone-america-puerto-rico = Hora del Atlántico (Puerto Rico)
language-en = English (inglés)
language-es = Español
hours-between = Entre las { $from } y las { $to }
hours-and-zone = entre las { $from } y las { $to }, { $zone }
settings-heading = Sus ajustes
settings-note = Solo usted ve esto. Cada elección se guarda enseguida, y puede cambiarla cuando quiera.
setting-language = Idioma
setting-zone = Zona horaria
setting-hours = Cuándo puedo escribirle
setting-reach = Dónde le pregunto por sus reuniones
setting-pause = Pausa
setting-usual-language = Como en mi chat
setting-usual-zone = Como en mi chat o, si no, la del programa
setting-usual-hours = El horario del programa
setting-usual-reach = En nuestro canal
setting-is-language = Español{ $usual ->
    [yes] { " " }(como en su chat)
   *[no] { "" }
}
setting-is-zone = { $zone }{ $usual ->
    [yes] { " " }(de su chat o del programa)
   *[no] { "" }
}
setting-is-hours = Entre las { $from } y las { $to }{ $usual ->
    [yes] { " " }(el horario del programa)
   *[no] { "" }
}
setting-is-reach-channel = En el canal con mi pareja de mentoría
setting-is-reach-direct = En un mensaje directo para mí
setting-is-paused = En pausa hasta el { $until }
setting-is-not-paused = Sin pausa
saved-language = Guardado. A partir de ahora le escribo en español. Lo que ya está en camino puede llegarle todavía en el otro idioma.
saved-zone = Guardado. Su zona horaria es { $zone }, donde ahora son las { $now }. Le escribiré { $hours }.
saved-hours = Guardado. Le escribiré { $hours }. Lo que responde a algo que usted acaba de hacer llega enseguida, como siempre.
saved-reach-channel = Guardado. Le preguntaré por sus reuniones en el canal con su pareja de mentoría.
saved-reach-direct = Guardado. Le preguntaré por sus reuniones en un mensaje directo, donde solo usted ve la pregunta.
saved-pause = Listo. Hasta el { $until } no le preguntaré nada. Su pareja de mentoría no recibe ningún aviso. Le sigo respondiendo y le digo lo que deba saber, como el cambio de una fecha.
saved-resumed = Qué gusto tenerle de vuelta. Ya no hay pausa, y volveré a preguntarle por sus reuniones.
pause-heading = Pausa
pause-question = ¿Necesita un descanso de mis preguntas? Elija por cuánto tiempo. Termina sola, y usted puede terminarla antes.
pause-is = Usted está en pausa hasta el { $until }. Termina sola.
pause-note = Durante la pausa no le pregunto nada. La mentoría sigue, y su pareja de mentoría no recibe ningún aviso.
pause-week = Una semana
pause-fortnight = Dos semanas
pause-month = Un mes
pause-over = Qué gusto tenerle de vuelta. Su pausa ha terminado, y volveré a preguntarle por sus reuniones. En su menú ve cómo va todo y qué sigue.
form-zone-title = Su zona horaria
form-zone-label = Zona horaria o ciudad
form-zone-hint = Por ejemplo: Pacífico, Chicago o America/New_York
form-hours-title = Su horario
form-hours-from-label = Puede escribirme desde las
form-hours-from-hint = Por ejemplo: 9:00
form-hours-to-label = Hasta las
form-hours-to-hint = Por ejemplo: 18:00
form-pause-title = Pausa hasta
form-pause-label = El día en que vuelvo
form-pause-hint = Por ejemplo: 14 de abril, o el próximo lunes
refusal-not-a-zone = No conozco esta zona horaria. { $count ->
    [0] Escriba una ciudad grande cercana, como Los Angeles, o escriba Pacífico, Montaña, Centro o Este.
   *[other] ¿Quiso decir { $near }? También puede escribir una ciudad grande cercana.
}
refusal-not-a-day = No pude saber a qué día se refiere. Escríbalo como 14 de abril, el próximo lunes o 2025-04-14.
refusal-not-a-time = No pude leer esta hora. Escríbala como 9:00, 9 AM o 18:00.
refusal-hours-order = Deje al menos una hora entre las dos, primero la más temprana y dentro del mismo día: por ejemplo, 9:00 y 18:00.
refusal-pause-past = Ese día no está en el futuro. Elija uno posterior.
refusal-pause-beyond = El programa dura hasta el { $at }, y después no pregunto nada. Elija ese día o uno anterior.
## Meetings
button-move = Cambiar la hora
button-cancel = Cancelarla
button-cancel-yes = Sí, cancelarla
button-another = Fijar otra
button-another-time = Otra hora
button-set-first = Fijar nuestra primera reunión
button-set-new = Fijar una reunión
button-set-next = Fijar la próxima reunión
button-move-that = Cambiar esa reunión
button-move-next = Cambiar la próxima
button-cancel-next = Cancelar la próxima
button-meetings = Nuestras reuniones
button-log = Anotar una reunión pasada
button-met-yes = Sí, nos reunimos
button-met-moved = No, la cambiamos
button-met-no = No
button-how-often = Con qué frecuencia
button-ask = Preguntar a la coordinación
meeting-form-title = { $kind ->
    [set] Fijar una reunión
    [log] Anotar una reunión
   *[move] Cambiar la reunión
}
meeting-form-submit = { $kind ->
    [set] Fijarla
    [log] Anotarla
   *[move] Cambiarla
}
meeting-form-intro = { $kind ->
    [set] Con { $partner }. Escriba la hora según su propio reloj ({ $zone }); { $partner } la verá según el suyo.
    [log] ¿Cuándo se reunió con { $partner }? Escriba la hora según su propio reloj ({ $zone }). Basta una hora aproximada.
   *[move] Con { $partner }. Escriba la nueva hora según su propio reloj ({ $zone }). Si ya tuvo lugar, escriba cuándo.
}
meeting-field-when = Fecha y hora
meeting-hint-when = Por ejemplo: el martes a las 14h, 14 de marzo a las 2 de la tarde
meeting-field-minutes = ¿Cuánto dura? (opcional)
meeting-hint-minutes = Por ejemplo: 45 minutos, 1.5 horas. Si lo deja vacío: { $minutes } minutos.
meeting-field-place = ¿Dónde o cómo? (opcional)
meeting-hint-place = Un enlace, una llamada, un lugar. Su pareja de mentoría lo ve.
when-incomplete = { $missing ->
    [time] ¿A qué hora? Por favor, escriba el día y la hora, por ejemplo: el viernes a las 2 de la tarde.
   *[date] ¿Qué día? Por favor, escriba el día y la hora, por ejemplo: el viernes a las 2 de la tarde.
}
when-unreadable = No pude leer esta fecha y hora. Por favor, escríbala como «el martes a las 14h», «14 de marzo a las 2 de la tarde» o «2025-03-14 14:30». Se lee según su propio reloj ({ $zone }).
when-no-such-day = Este día no está en el calendario. Por favor, revíselo y escriba otro.
when-no-such-time = Esta hora no existe. Por favor, escríbala como 2:30 pm o 14:30.
when-skipped = Esa noche se adelantan los relojes, así que esta hora no existe ({ $zone }). Por favor, elija otra hora.
when-weekday-differs = Esa fecha es { $day }, así que el día de la semana y la fecha no coinciden. Por favor, escriba solo uno de los dos o corríjalo.
when-past = Esta hora ya pasó. Por favor, escriba una que esté por venir.
when-future = Esta hora todavía no llega. Por favor, escriba una que ya haya pasado.
meeting-minutes-unread = No pude leer cuánto dura. Por favor, escriba, por ejemplo, 45 minutos o 1.5 horas: de { $min } minutos a { $max } horas.
meeting-which = «{ $typed }» puede significar más de una hora. ¿Cuál es?
which-pair = ¿Con quién?
meeting-set-heading = Hay una reunión fijada
meeting-set = { $by } fijó su próxima reunión: { $at }.
meeting-set-done = Su reunión queda fijada: { $at }. Está publicada en su canal, con un archivo para su calendario. El día anterior se la recordaré a ustedes dos.
meeting-moved-heading = La reunión tiene otra hora
meeting-moved = { $by } cambió su reunión. Nueva hora: { $at }.
meeting-moved-done = Su reunión tiene nueva hora: { $at }. Se avisó en su canal, con un archivo nuevo para sus calendarios.
meeting-cancelled-heading = La reunión está cancelada
meeting-cancelled = { $by } canceló su reunión: { $at }. Cuando puedan, fijen una nueva.
meeting-cancelled-done = Su reunión queda cancelada: { $at }. Se avisó en su canal. Cuando puedan, fijen una nueva con `/mentorship meeting set`.
meeting-logged-heading = Hay una reunión anotada
meeting-logged = { $by } anotó que ustedes se reunieron: { $at }.
meeting-logged-right = ¿También es así para usted?
meeting-logged-done = Su reunión queda anotada: { $at }. Cuenta para su mes. Su pareja de mentoría la ve en su canal.
meeting-when = Cuándo
meeting-when-for = Cuándo para { $name }
meeting-length = Duración
meeting-minutes-long = { $minutes ->
    [60] 1 hora
   *[other] { $minutes } minutos
}
meeting-place = Dónde o cómo
meeting-file = Abra el archivo para poner la reunión en su calendario. El día anterior se la recordaré a ustedes dos.
meeting-file-cancel = Abra el archivo para quitar la reunión de su calendario.
meeting-file-summary = Reunión de mentoría: { $one } y { $other }
meeting-turn = Se turnan: la próxima vez propone la reunión { $name }.
meeting-before-heading = { $changed ->
    [cancelled] Esta reunión se canceló
   *[moved] Esta reunión se cambió
}
meeting-before = { $changed ->
    [cancelled] Estaba fijada para esta hora:
   *[moved] Antes estaba fijada para esta hora; la nueva está en un mensaje posterior:
}
meeting-stands = Su reunión ya está así: { $at }. No cambió nada.
meeting-clash = Ustedes ya tienen una reunión a esa hora: { $at }. Cambie esa reunión o elija otra hora.
meeting-cancel-question = ¿Cancelar su reunión con { $partner }: { $at }? Se avisará en su canal. Si solo no conviene la hora, puede cambiarla.
meeting-reminder-heading = Un recordatorio: su reunión
meeting-reminder = Se acerca su reunión: { $at }.
meeting-question-heading = ¿Se reunieron?
meeting-question = Estaba fijada esta reunión: { $at }. ¿Tuvo lugar? Cada persona responde con un solo toque.
meeting-question-private = Su pareja de mentoría no ve su respuesta. Solo la coordinación puede verla.
meeting-answered = Gracias, ya respondieron los dos por esta reunión: { $at }.
meeting-thanks-held = Qué gusto, queda anotada. Es buen momento para fijar la próxima reunión; por turno, la propone { $name }.
meeting-thanks-missed = Gracias por su sinceridad; puede pasar. Fije una nueva reunión o anótela si se reunieron a otra hora.
notice-meeting-differs = { $mentor } y { $mentee }, su reunión ({ $at }): una parte dice que se reunieron y la otra que no. Por favor, pregúnteles con amabilidad.
meeting-list-heading = Sus reuniones
meeting-list-pair = Con { $partner }:
meeting-list-none = Todavía no hay ninguna reunión fijada ni anotada.
meeting-list-line = { $at }, { $minutes } minutos: { $state ->
    [planned] fijada
    [held] se reunieron
    [missed] no tuvo lugar
    [disputed] sus respuestas no coinciden
   *[cancelled] cancelada
}
meeting-list-turn = { $turn ->
    [mine] Le toca a usted proponer la próxima reunión a { $partner }.
   *[theirs] A { $partner } le toca proponer la próxima reunión; usted también puede hacerlo.
}
meeting-list-cadence = Quieren reunirse { $cadence ->
    [weekly] cada semana
    [fortnightly] cada dos semanas
    [monthly] una vez al mes
   *[other] cuando les convenga
}.
cadence-question = ¿Con qué frecuencia quieren reunirse usted y { $partner }? Por ahora dice { $cadence ->
    [weekly] cada semana
    [fortnightly] cada dos semanas
    [monthly] una vez al mes
   *[other] cuando les convenga
}. Puede cambiarlo en cualquier momento.
cadence-weekly = Cada semana
cadence-fortnightly = Cada dos semanas
cadence-monthly = Una vez al mes
cadence-other = Cuando nos convenga
cadence-noted = Queda anotado: { $cadence ->
    [weekly] quieren reunirse cada semana
    [fortnightly] quieren reunirse cada dos semanas
    [monthly] quieren reunirse una vez al mes
   *[other] se reúnen cuando les convenga
}. Su pareja de mentoría lo ve en su canal. Fije la próxima reunión con `/mentorship meeting set`.
cadence-news = { $by } anotó con qué frecuencia quieren reunirse: { $cadence ->
    [weekly] cada semana
    [fortnightly] cada dos semanas
    [monthly] una vez al mes
   *[other] cuando les convenga
}. Si no le conviene, háblenlo y cámbielo aquí.
ask-title = Preguntar a coordinación
ask-intro = Solo la coordinación lee esto. Alguien le escribirá.
ask-label = Su pregunta
ask-submit = Enviar
asked = Su pregunta ya está con la coordinación. Alguien le escribirá. Usted preguntó:
notice-asked = { $name } ({ $person }) pregunta:
notice-asked-next = Solo la coordinación ve esto. Por favor, escríbale directamente.

## Closing
button-survey = Responder la encuesta final
button-survey-change = Cambiar mis respuestas
button-survey-send = Enviar mis respuestas
button-certificate = Recibir mi certificado
survey-title = Encuesta final
survey-intro = Unas preguntas sobre cómo le fue. Solo la coordinación lee sus respuestas. Puede cambiarlas hasta el { $at }.
survey-step-title = Encuesta: paso { $step } de { $steps }
survey-step = Cada paso se guarda al continuar, así que puede detenerse cuando quiera y volver con `/mentorship survey`.
survey-saved = Lo que elige se guarda de inmediato. Puede cerrar esto y volver con `/mentorship survey`.
survey-thanks = Gracias. Sus respuestas están en buenas manos: la coordinación las usa para mejorar el programa. Puede cambiarlas hasta el { $at }.
survey-reminder = La encuesta final sigue abierta hasta el { $at }. Si tiene unos minutos, a la coordinación le gustaría mucho saber cómo le fue. Este es el único recordatorio.
closing-certificate = Su certificado va adjunto. Puede volver a recibirlo con `/mentorship certificate`.
certificate-title = Certificado de participación
certificate-before-name = Se certifica que
certificate-library = de { $library }
certificate-took-part = participó en el programa { $role ->
    [mentee] como aprendiz
   *[mentor] como mentor o mentora
}
certificate-run = del { $from } al { $until }
certificate-met = { $meetings ->
    [one] { $least ->
        [yes] y se reunió al menos una vez
       *[no] y se reunió una vez
    }
   *[other] { $least ->
        [yes] y se reunió al menos { $meetings } veces
       *[no] y se reunió { $meetings } veces
    }{ $months ->
        [one] , en un mismo mes
       *[other] , en { $months } meses distintos
    }
}
certificate-issued = Expedido el { $day }
certificate-alt = Certificado de participación en el { $program }
certificate-note = Aquí está su certificado, a nombre de { $name }. Puede imprimirlo o guardarlo tal como está.
certificate-on-its-way = Su certificado va en camino en un mensaje directo.
closing-heading = Gracias por haber participado
closing = El { $program } llegó a su fin.{ $met } Gracias por el tiempo que dedicó.
met-together = { $meetings ->
    [one] { $least ->
        [yes] Ustedes se reunieron al menos una vez.
       *[no] Ustedes se reunieron una vez.
    }
   *[other] { $least ->
        [yes] Ustedes se reunieron al menos { $meetings } veces
       *[no] Ustedes se reunieron { $meetings } veces
    }{ $months ->
        [one] , en un mismo mes.
       *[other] , en { $months } meses distintos.
    }
}
closing-survey = Una última cosa: ¿cómo le fue? La encuesta toma unos cinco minutos y está abierta hasta el { $at }. Solo la coordinación lee sus respuestas.

## My data
button-delete-yes = Sí, borrar todo sobre mí
button-export-first = Primero, enviarme una copia
person-gone = (alguien que se fue)
delete-heading = Borrar todo sobre mí
delete-question = Esto es lo que pasará si dice que sí. Será de inmediato y nadie podrá deshacerlo.
delete-pair = Su mentoría termina. A la otra persona se le dice con amabilidad que terminó, pero no por qué. A la coordinación se le dice que alguien pidió borrar sus datos y quién necesita una nueva pareja, pero no quién es usted.
delete-removes = Se borran: su nombre, cuenta, correo electrónico, ajustes, solicitud y borradores, firma, notas, encuesta, mensajes pendientes y su línea en la lista de participantes de PLSEP aquí.
delete-counts = Se conservan: cifras sin nombre, como cuántas personas se postularon y en qué meses se reunió una pareja.
delete-office = La oficina de la biblioteca guarda sus propios registros de inscripción fuera de este programa. Pregunte allí si también quiere que se borren.
delete-platform = Lo que usted y otras personas escribieron en los canales se queda en la plataforma de chat, según las reglas de esta.
delete-backups = Las copias de seguridad de la oficina se reemplazan con el tiempo por otras en las que usted ya no está.
delete-instead = Si solo quiere un descanso, puede pausar mis preguntas. Si antes tiene alguna pregunta, escriba a { $contact }.
button-export-yes = Sí, quiero una copia
export-heading = Todo lo que se guarda sobre usted
export-question = Puede recibir una copia de todo lo que se guarda aquí sobre usted: quién es, sus ajustes, solicitud, firma, mentorías, reuniones, respuestas, notas, encuesta, mensajes pendientes y lo que se hizo sobre usted. Recibe dos archivos con el mismo contenido, uno para leer y otro para programas. Solo usted los ve.
export = Esto es todo lo que se guardaba sobre usted el { $at }. El archivo de texto es para leer; el archivo JSON, para programas. Guárdelos en un lugar seguro: contienen lo que dijo a la coordinación en confianza.
export-on-its-way = Su copia va en camino en un mensaje directo.
export-alt-text = Todo lo que se guarda sobre usted, para leer
export-alt-json = Lo mismo, para programas
data-part-profile = Quién es usted
data-part-settings = Sus ajustes
data-part-coordinator = Coordinación
data-part-roster = La lista de participantes de PLSEP
data-part-applications = Su solicitud
data-part-signatures = Su firma
data-agreed-until = Puede seguir hasta
data-part-pairs = Sus mentorías
data-part-meetings = Sus reuniones
data-part-meeting-drafts = Reuniones a medio escribir
data-part-check-ins = Sus respuestas sobre cada mes
data-part-pulses = Sus respuestas privadas sobre la mentoría
data-part-concerns = Lo que se le pidió revisar a la coordinación
data-part-survey = Su encuesta final
data-part-rulings = Lo que la coordinación decidió sobre una pareja con usted
data-part-messages = Mensajes pendientes para usted
data-part-events = Su actividad reciente aquí
data-part-audit = Lo que se hizo, por usted o sobre usted
data-name = Nombre
data-account = Cuenta
data-email = Correo electrónico
data-locale = Idioma de su chat
data-zone = Zona horaria de su chat
data-here = En esta comunidad
data-seen-at = Última vez aquí
data-chosen-language = Idioma elegido
data-chosen-zone = Zona horaria elegida
data-hours-from = Horario desde, en minutos tras la medianoche
data-hours-to = Horario hasta, en minutos tras la medianoche
data-reach = Dónde se le pregunta
data-snoozed-until = En pausa hasta
data-since = Desde
data-library-system = Sistema bibliotecario
data-active = Activo
data-updated-at = Último cambio
data-season = Edición
data-role = Papel
data-state = Estado
data-decline-reason = Por qué no se aceptó
data-submitted-at = Se envió
data-answers = Respuestas enviadas
data-draft = Respuestas como se escribieron por última vez
data-typed-name = Nombre como lo escribió
data-signed-at = Se firmó
data-text-version = Versión del texto
data-timing = Plazo
data-signed-text = Lo que firmó
data-partner = Pareja
data-end-reason = Por qué terminó
data-cadence = Cada cuánto se reúnen
data-reasons = Por qué se formó, según el cálculo
data-starts-at = Empieza
data-minutes = Minutos
data-place = Lugar
data-met = Usted dijo que se reunieron
data-words = Como se escribió
data-length = Duración como se escribió
data-kept-at = Se guardó
data-period = Mes
data-answer = Respuesta
data-given-at = Se respondió
data-occasion = Ocasión
data-asked-at = Se preguntó
data-note = Su nota
data-answered-at = Se respondió
data-kind = Qué es
data-raised-at = Se planteó
data-resolved-at = Se resolvió
data-resolution = Cómo se resolvió
data-ruling = Decisión
data-decided-at = Se decidió
data-due-at = Se enviará
data-message = Empieza con
data-at = Cuándo
data-action = Qué
data-subject = Sobre
data-is-yes = sí
data-is-no = no
data-is-mentee = aprendiz
data-is-mentor = mentor o mentora
data-is-draft = borrador, sin enviar
data-is-submitted = recibida
data-is-not-on-roster = en espera de la lista
data-is-accepted = aceptada
data-is-wait-listed = en lista de espera
data-is-declined = no aceptada
data-is-withdrawn = retirada
data-is-published = en presentación
data-is-introduced = presentada
data-is-ended = terminada
data-is-archived = terminada, canal cerrado
data-is-completed = la edición llegó a su fin
data-is-mentee-left = la persona aprendiz se fue
data-is-mentor-left = la persona mentora se fue
data-is-channel = en el canal
data-is-direct = en un mensaje directo
data-is-on-time = a tiempo
data-is-late = tarde
data-is-met = nos reunimos
data-is-planned = planeada
data-is-not-yet = todavía no
data-is-need-help = necesitamos ayuda
data-is-held = realizada
data-is-missed = no se realizó
data-is-disputed = cada quien lo recuerda distinto
data-is-cancelled = cancelada
data-is-monthly = una vez al mes
data-is-good = bien
data-is-deciding = aún no lo decide
data-is-not-good = no encaja bien
data-is-first-meeting = tras la primera reunión
data-is-mid-term = a mitad de camino
data-is-pinned = la coordinación formó esta pareja
data-is-forbidden = la coordinación le mantiene aparte de alguien
deleted-heading = Sus datos ya no están aquí
deleted = Se borró todo lo que había sobre usted. Si algún día vuelve, empezará de nuevo, y con gusto le recibiremos. Gracias por el tiempo que dedicó.
erased-notice = Alguien pidió que se borraran sus datos, y se borró todo lo que había sobre esa persona. Por favor, no busque el motivo: se le prometió que no es asunto de nadie.
erased-notice-partners = Con ello terminó una mentoría. Por favor, comuníquese con:

## Coordinators
office-heading = Mesa de coordinación
office-welcome = Este es el canal de la coordinación. Aquí recibirá avisos sobre solicitantes que no están en la lista de participantes, parejas que necesitan ayuda y mensajes que no se pudieron entregar. Presione el botón para ver cómo va la edición.
steward-first = Usted es responsable de esta comunidad, así que puede nombrar a quienes coordinan, también a usted: escriba { $command } y nombre a la persona. Después, la coordinación puede hacer esto.
office-topic = Coordinación del programa de mentoría
season-heading = { $program }: la edición
season-phase = { $phase ->
    [draft] Las solicitudes **todavía no se abren**.
    [applications_open] Las solicitudes están **abiertas**.
    [review] Las solicitudes están **cerradas**. Decida sobre las que están en espera; después proponga las parejas y publíquelas.
    [agreements_due] Se acerca la **fecha límite para firmar los acuerdos**.
    [running] El programa está **en marcha**.
    [wrap_up] El programa terminó y está **en su cierre**.
   *[closed] La edición está **cerrada**.
}
figure-drafts = { $count ->
    [one] Una solicitud comenzada y sin enviar
   *[other] { $count } solicitudes comenzadas y sin enviar
}
figure-waiting = { $count ->
    [one] Una solicitud espera una decisión
   *[other] { $count } solicitudes esperan una decisión
}
figure-not-on-roster = { $count ->
    [one] De las solicitudes en espera, una es de alguien que no está en la lista
   *[other] De las solicitudes en espera, { $count } son de aprendices que no están en la lista
}
figure-mentees = { $count ->
    [one] Una persona aceptada como aprendiz
   *[other] { $count } personas aceptadas como aprendices
}
figure-mentors = { $count ->
    [one] Una persona aceptada como mentor o mentora
   *[other] { $count } personas aceptadas como mentores o mentoras
}
figure-pairs = { $count ->
    [one] Una pareja
   *[other] { $count } parejas
}
figure-unsigned = { $count ->
    [one] Un acuerdo sin firmar
   *[other] { $count } acuerdos sin firmar
}
figure-dead-letters = { $count ->
    [one] Un mensaje no se pudo entregar
   *[other] { $count } mensajes no se pudieron entregar
}
queue-empty = Nadie espera una decisión.
queue-heading = { $count ->
    [one] Una solicitud en espera
   *[other] { $count } solicitudes en espera
}
queue-line = { $person }, { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
}, { $system }{ $state ->
    [not_on_roster] { " " }(**no está en la lista**)
    [wait_listed] { " " }(en lista de espera)
   *[other] { "" }
}
queue-next = Elija abajo a una persona para leer su solicitud y decidir sobre ella.
queue-menu = Leer una solicitud
queue-choice = { $name }, { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
}
application-view-heading = { $name }: solicitud como { $role ->
    [mentee] aprendiz
   *[mentor] mentor o mentora
}
application-view-state = { $state ->
    [draft] { $person } empezó esta solicitud y no la ha enviado. Hasta entonces solo la persona puede leerla.
    [submitted] La solicitud de { $person } espera su decisión.
    [not_on_roster] La solicitud de { $person } espera su decisión, y la persona **no está en la lista de participantes**. Aceptarla dice que pertenece al programa.
    [accepted] La solicitud de { $person } está aceptada.
    [wait_listed] La solicitud de { $person } está en lista de espera.
    [declined] La solicitud de { $person } fue rechazada. La persona leyó este motivo:
   *[withdrawn] { $person } retiró esta solicitud.
}
application-view-sent = { $at }: último envío de la persona
application-view-unanswered = (sin respuesta)
application-view-goes-on = { $question }, continuación
application-view-unread = No hay respuestas que leer.
audit-line = { $at }: { $what }, por { $by }
audit-bot = el bot
audit-forgotten = una persona que pidió que se la olvidara
audit-operator = quien opera el bot
audit-agreement-sign = acuerdo firmado
audit-application-accept = solicitud aceptada
audit-application-decline = solicitud rechazada
audit-application-roster = lista de participantes consultada otra vez para una solicitud
audit-application-wait-list = solicitud puesta en lista de espera
audit-application-withdraw = solicitud retirada
audit-coordinators-add = persona añadida a la coordinación
audit-coordinators-remove = persona quitada de la coordinación
audit-coordinators-add-group = grupo añadido a la coordinación
audit-coordinators-remove-group = grupo quitado de la coordinación
audit-coordinators-reopen = canal nuevo de coordinación abierto
audit-pair-reopen = canal nuevo abierto para una pareja
audit-coordinators-enter = entrada en el canal de coordinación
audit-match-ask-one-more = pregunta a una persona mentora si puede acompañar a alguien más
audit-match-forbid = dos personas que no deben formar pareja
audit-match-one-more = ofrecimiento de acompañar a alguien más
audit-match-pin = pareja fijada
audit-match-propose = parejas propuestas
audit-match-publish = parejas publicadas
audit-match-release = decisión sobre una pareja retirada
audit-my-data-delete = datos de una persona borrados a petición suya
audit-my-data-export = copia de los datos de una persona hecha para ella
audit-roster-import = lista de participantes importada
audit-roster-undo = importación de la lista deshecha
audit-roster-link = línea de la lista vinculada con una cuenta
audit-roster-unlink = línea de la lista separada de una cuenta
audit-season-move-undone = cambio de fecha de la edición deshecho
audit-season-close-applications = solicitudes cerradas
audit-season-close-pairs = parejas cerradas al final de la edición
audit-season-create = edición preparada
audit-season-move = fecha de la edición cambiada
audit-undelivered-leave-it = mensaje sin entregar dejado así
audit-undelivered-try-again = mensaje sin entregar intentado de nuevo
accept-all-question = { $count ->
    [0] Ahora no hay solicitudes elegibles en espera, así que no se aceptaría a nadie.
    [one] ¿Aceptar una solicitud elegible? La persona recibirá un mensaje.
   *[other] ¿Aceptar las { $count } solicitudes elegibles? Cada persona recibirá un mensaje.
}{ $left ->
    [0] { "" }
    [one] { " " }Una persona no está en la lista de participantes o está en lista de espera, y sigue ahí.
   *[other] { " " }{ $left } personas no están en la lista de participantes o están en lista de espera, y siguen ahí.
}
accept-all-done = { $count ->
    [0] No se aceptó a nadie, porque no hay solicitudes elegibles en espera.
    [one] Una solicitud queda aceptada; la persona recibirá un mensaje.
   *[other] { $count } solicitudes quedan aceptadas; cada persona recibirá un mensaje.
}
decided = { $state ->
    [accepted] La solicitud de { $person } queda aceptada; la persona recibirá un mensaje.
    [wait_listed] La solicitud de { $person } queda en lista de espera; la persona recibirá un mensaje. Cuando se abra un lugar, acéptela con `/mentorship-admin applications accept`.
   *[declined] La solicitud de { $person } queda rechazada; la persona recibirá un mensaje con el motivo que usted escribió.
}
notice-not-on-roster = { $person } envió una solicitud como aprendiz y no está en la lista de participantes.
notice-roster-inactive = { $person } envió una solicitud como aprendiz, y la lista dice que ya no participa.
notice-not-on-roster-what = Si pertenece al programa, acepte la solicitud, o corrija la lista e impórtela otra vez. Si no, rechácela con un motivo, que la persona leerá. También puede hacerlo después con `/mentorship-admin applications queue`.
notice-found-on-roster = { $count ->
    [one] Una persona solicitante ya está en la lista y espera su decisión
   *[other] { $count } personas solicitantes ya están en la lista y esperan su decisión
}
notice-off-roster = { $person } ya no está en la lista de participantes, y su solicitud está { $state ->
    [accepted] aceptada. Para la persona no ha cambiado nada
    [wait_listed] en lista de espera. Para la persona no ha cambiado nada
   *[submitted] recibida. Espera hasta que usted decida
}. Por favor, averigüe qué es lo correcto: corrija la lista o escriba a la persona.
decline-title = Rechazar
decline-reason-label = El motivo
decline-reason-hint = La persona lo leerá. Diga qué puede hacer ahora.
unsigned-names = Falta la firma de:
notice-concern = { $mentor } y { $mentee }, { $month }: { $standing ->
    [needs_help] una de las dos personas pide ayuda. Por favor, escríbales.
   *[disagree] una persona dice que se reunieron y la otra que no. Por favor, pregúnteles con amabilidad.
}
notice-undelivered = No pude entregar { $what ->
    [introduction] la presentación
    [farewell] la despedida
    [admission] la invitación a este canal
    [change] la corrección de un mensaje anterior
   *[message] un mensaje
} { $people ->
    [0] a su canal.
    [one] para { $one }.
   *[other] para { $one } y { $other }.
}
notice-not-dismissed = No pude quitarle a { $person } el acceso a este canal. Ya no forma parte de la coordinación, y puede leerlo hasta que esté fuera. Por favor, quítele el acceso en los ajustes del canal y presione { $button }, o déjeme intentarlo de nuevo.
notice-undelivered-why = { $why ->
    [person-gone] Una de las personas ya no está aquí. Si vuelve, inténtelo de nuevo; si no, déjelo así.
    [person-unreachable] La persona no recibe mensajes directos del bot. Por favor, avísele de otra manera y déjelo así, o pídale que permita mensajes directos e inténtelo de nuevo.
    [place-gone] El canal o el mensaje ya no existe. Por favor, avise de otra manera y déjelo así, o inténtelo de nuevo si el canal se ha recuperado.
    [not-allowed] Al bot le falta un permiso. Por favor, pida que se lo dé a quien administra este servidor o espacio de trabajo, y después inténtelo de nuevo.
    [full] No hay lugar para otro canal. Por favor, quite uno que no haga falta o permita que el bot use hilos privados, y después inténtelo de nuevo.
   *[refused] El chat no lo aceptó, varias veces. Por favor, inténtelo de nuevo más tarde; si no sirve, avise de otra manera y déjelo así.
}
undelivered-again = Lo intento de nuevo. Si esta vez tampoco funciona, se lo diré aquí.
undelivered-left = Lo dejo así. No se enviará nada más.
undelivered-settled = De esto ya se ocupó alguien. No queda nada por hacer.
notice-left = { $name } ({ $person }) se ha ido. Por favor, consulte `/mentorship-admin pairs list` y decida cómo seguir.
close-question = ¿Cerrar las solicitudes ahora, en lugar del { $at }? { $drafts ->
    [0] Nadie tiene una solicitud sin enviar.
    [one] Una persona tiene una solicitud sin enviar y ya no podrá enviarla.
   *[other] { $drafts } personas tienen solicitudes sin enviar y ya no podrán enviarlas.
}
close-done = Las solicitudes están cerradas. Ahora decida sobre las que están en espera; después proponga las parejas.
move-question = ¿Cambiar esta fecha? { $date ->
    [applications_open] Apertura de solicitudes
    [applications_close] Cierre de solicitudes
    [agreements_due] Fecha límite para firmar el acuerdo
    [runs_from] Inicio del programa
    [runs_until] Fin del programa
   *[wrap_up_until] Cierre de la edición
}: { $at }. { $people ->
    [0] No hace falta avisar a nadie.
    [one] Se avisará a una persona.
   *[other] Se avisará a { $people } personas.
}
move-at-once = { $date ->
    [applications_open] Esta fecha ya pasó, así que las solicitudes se abren en cuanto usted confirme.
    [applications_close] Esta fecha ya pasó, así que las solicitudes se cierran en cuanto usted confirme. Quien no haya enviado la suya ya no podrá hacerlo.
    [agreements_due] Esta fecha ya pasó, así que quien no haya firmado estará fuera de plazo en cuanto usted confirme. Todavía podrá firmar.
    [runs_from] Esta fecha ya pasó, así que el programa empieza en cuanto usted confirme.
    [runs_until] Esta fecha ya pasó, así que el programa termina en cuanto usted confirme. Las parejas reciben su despedida, se cierran sus canales y todas las personas reciben la encuesta final. Eso no se puede deshacer.
   *[wrap_up_until] Esta fecha ya pasó, así que la edición se cierra en cuanto usted confirme. Ya no se podrá responder la encuesta final.
}
move-done = La fecha cambió. { $date ->
    [applications_open] Apertura de solicitudes
    [applications_close] Cierre de solicitudes
    [agreements_due] Fecha límite para firmar el acuerdo
    [runs_from] Inicio del programa
    [runs_until] Fin del programa
   *[wrap_up_until] Cierre de la edición
}: { $at }. { $people ->
    [0] No hizo falta avisar a nadie.
    [one] Se está avisando a una persona.
   *[other] Se está avisando a { $people } personas.
}
move-done-before = Nada cambió, porque esta fecha ya está fijada, y no se avisa de nuevo a nadie. { $date ->
    [applications_open] Apertura de solicitudes
    [applications_close] Cierre de solicitudes
    [agreements_due] Fecha límite para firmar el acuerdo
    [runs_from] Inicio del programa
    [runs_until] Fin del programa
   *[wrap_up_until] Cierre de la edición
}: { $at }. Para elegir otra fecha, use el comando de nuevo.
move-done-undo = Puede deshacerlo durante diez minutos, mientras no haya tenido consecuencias.
move-undone = La fecha vuelve a ser la de antes. { $date ->
    [applications_open] Apertura de solicitudes
    [applications_close] Cierre de solicitudes
    [agreements_due] Fecha límite para firmar el acuerdo
    [runs_from] Inicio del programa
    [runs_until] Fin del programa
   *[wrap_up_until] Cierre de la edición
}: { $at }. { $people ->
    [0] A nadie se le había avisado del cambio, y no se avisará a nadie.
    [one] Una persona ya sabía del cambio y recibe el aviso de que la fecha se mantiene.
   *[other] { $people } personas ya sabían del cambio y reciben el aviso de que la fecha se mantiene.
}
date-name = { $date ->
    [applications_open] Apertura de solicitudes
    [applications_close] Cierre de solicitudes
    [agreements_due] Fecha límite para firmar el acuerdo
    [runs_from] Inicio del programa
    [runs_until] Fin del programa
   *[wrap_up_until] Cierre de la edición
}
date-line = { $date }: { $at }
date-menu = Cambiar una fecha
date-form = Cambiar una fecha
date-form-intro = { $date ->
    [applications_open] Apertura de solicitudes
    [applications_close] Cierre de solicitudes
    [agreements_due] Fecha límite para firmar el acuerdo
    [runs_from] Inicio del programa
    [runs_until] Fin del programa
   *[wrap_up_until] Cierre de la edición
}. Las fechas se entienden en la zona horaria { $zone }. Antes de cambiar nada, verá a quién se avisaría.
date-form-day = { $date ->
    [applications_open] Apertura de solicitudes
    [applications_close] Cierre de solicitudes
    [agreements_due] Fecha límite para firmar el acuerdo
    [runs_from] Inicio del programa
    [runs_until] Fin del programa
   *[wrap_up_until] Cierre de la edición
}: día
date-form-day-hint = Por ejemplo 2025-02-17, o 17 de febrero
date-form-time = Hora
date-form-time-hint = Por ejemplo 23:59. Vacío: todo el día
date-form-submit = Continuar
next-season-heading = ¿Preparar { $program }?
next-season-dates = Estas fechas son una propuesta a partir del archivo del programa. Cuando la edición esté preparada, podrá cambiar cada una.
next-season-carries = Se conservan la lista de participantes, la coordinación y los ajustes de cada persona. Las solicitudes, las parejas y los acuerdos empiezan de nuevo. La edición anterior sigue cerrada, con todo lo que contiene. El bot no avisa a nadie.
next-season-check = Los años del nombre y del acuerdo cambian también. Si debe cambiar un texto o una pregunta, o si alguno nombra un día que usted piensa cambiar, pida primero a quien opera el bot que cambie el archivo del programa: la edición empieza con lo que el archivo diga.
next-season-done = { $program }: la edición está preparada. Las solicitudes se abren el { $at }. Revise una vez más las fechas. Después avise donde su comunidad lee las novedades; cada persona envía su solicitud con `/mentorship apply`.
concerns-empty = No hay nada que atender. Aquí aparece quien pide ayuda o dice en privado que algo no va bien.
concerns-heading = { $count ->
    [one] Un asunto por atender
   *[other] { $count } asuntos por atender
}
concern-kind = { $kind ->
    [disagree] Una persona dice que se reunieron y la otra que no
    [needs_help] Petición de ayuda
    [not_good_fit] No encajan, dicho en privado
    [asked] Una pregunta
    [unreachable] Los mensajes directos no llegan
    [left] Alguien se ha ido
    [silent] No hay noticias de una pareja
    [place_lost] Una pareja se quedó sin canal
   *[off_roster] Ya no está en la lista de participantes
}
concern-of-one-in-pair = { $what }: { $person }, sobre la pareja de { $mentor } (mentoría) y { $mentee } (aprendiz)
concern-of-pair = { $what }: { $mentor } (mentoría) y { $mentee } (aprendiz)
concern-of-person = { $what }: { $person }
concern-of-nobody = { $what }
concern-line = { $what }, desde el { $at }.
concern-choice = { $kind ->
    [disagree] Respuestas distintas
    [needs_help] Ayuda
    [not_good_fit] Encaje
    [asked] Pregunta
    [unreachable] Sin contacto
    [left] Se fue
    [silent] Sin noticias
    [place_lost] Sin canal
   *[off_roster] Lista
}: { $names }
concern-menu = Ver uno
concern-heading = Por atender
concern-since = Desde el { $at }.
concern-note = Lo que la persona escribió o eligió, solo para la coordinación:
concern-unassigned = Todavía no lo atiende nadie.
concern-assigned = Lo atiende { $person }.
concern-resolved = Resuelto por { $by } el { $at }:
concern-yours = Ahora usted atiende este asunto.
concern-handed-over = El asunto pasa a la otra persona, que recibirá un mensaje.
concern-handed = { $by } le pide que atienda este asunto.
concern-hand = Pasarlo a alguien de la coordinación
concern-next = { $kind ->
    [disagree] Pregunte con amabilidad a las dos personas qué pasó. Si no coincidieron, ayúdeles a fijar otra reunión.
    [needs_help] Escríbales y pregunte qué les serviría.
    [not_good_fit] Escriba a quien lo dijo. La otra persona no lo sabe, así que no le diga nada antes de que esté de acuerdo.
    [asked] Responda directamente a la persona. Aquí no ve ninguna respuesta.
    [unreachable] Comuníquese de otra manera, por ejemplo por correo electrónico o en su canal.
    [left] Escriba a quien se quedó y decida cómo seguir.
    [silent] Escriba a las dos personas y pregunte cómo les va.
    [place_lost] Pida con el botón un canal nuevo para la pareja. Si las dos personas querían terminar, termine la pareja.
   *[off_roster] Averigüe qué es lo correcto: corrija la lista o escriba a la persona.
} Cuando esté arreglado, resuélvalo con una nota.
resolution-title = Resolver
resolution-label = En qué quedó
button-concerns = Asuntos por atender
button-concern-take = Lo atiendo yo
button-concern-resolve = Resolver con una nota
button-concern-reopen = Abrirlo otra vez
button-concern-more = Verlo o pasarlo
audit-concern-assign = asunto asignado a alguien de la coordinación
audit-concern-resolve = asunto resuelto
audit-concern-reopen = asunto abierto otra vez
pair-view = { $mentor } (mentoría) y { $mentee } (aprendiz)
pair-view-state = { $state ->
    [published] Pareja publicada el { $at }; la presentación está en camino
    [introduced] Presentación hecha el { $at }
    [ended] Terminó el { $at }; la despedida está en camino
   *[archived] Terminó, y su canal se cerró el { $at }
}
pair-view-month = { $month }: { $standing ->
    [met] se reunieron
    [planned] hay una reunión planeada
    [not_yet] todavía no
    [needs_help] **piden ayuda**
    [disagree] **sus respuestas no coinciden**
   *[waiting] sin respuesta
}
pair-view-held = { $count ->
    [0] Todavía no hay reuniones anotadas
    [one] Una reunión anotada
   *[other] { $count } reuniones anotadas
}
pair-view-latest = La última: { $at }
pair-view-next = La próxima: { $at }
pair-view-concerns = { $count ->
    [one] Un asunto suyo espera atención
   *[other] { $count } asuntos suyos esperan atención
}
button-pair-log = Anotar una reunión suya
button-pair-end = Terminar esta pareja
button-pair-end-yes = Sí, terminarla y avisar a las dos personas
pair-log-title = Anotar una reunión
pair-log-intro = Una reunión de { $mentor } y { $mentee } que tuvo lugar. Se les avisa, y cada persona puede decir si no es así.
pair-log-hint = Fecha y hora, por ejemplo 14/3 14:00
pair-log-ambiguous = Esto puede ser más de un momento. Por favor, escriba la fecha y la hora completas, por ejemplo 14 de marzo de 2025 14:00.
pair-log-known = Ya se conoce una reunión suya más o menos a esa hora: { $at }. No se anotó nada otra vez.
pair-log-done = Anotado: { $mentor } y { $mentee } se reunieron el { $at }. Lo leerán en su canal, y cada persona puede decir si no es así.
pair-end-heading = ¿Terminar esta pareja?
pair-end-question = Se avisará a dos personas: { $mentor } y { $mentee }. Leerán esto en su canal, desde el { $at }:
pair-end-then = Después se cierra su canal; lo que escribieron se conserva. Las dos personas siguen en el programa, y la próxima propuesta busca otra pareja para cada una. Si a pesar de todo deben volver a formar pareja, deshágalo con `/mentorship-admin match release`.
pair-end-ask-why = ¿Por qué termina? A las dos personas no se les dice. El registro lo conserva, para la coordinación.
pair-end-why = Elija el motivo
pair-end-because = El motivo, solo para el registro: { $cause }.
end-cause = { $cause ->
    [left-program] una de las dos personas dejó el programa
    [moved] una de las dos personas se mudó o cambió de trabajo
    [not-good-fit] no se entendían bien
    [no-contact] no se pusieron en contacto
    [asked] una de las dos personas lo pidió
   *[other] otro motivo
}
pair-end-done = La pareja de { $mentor } y { $mentee } terminó, y se avisará a las dos personas. Por favor, escríbales. Para buscarles otra pareja, proponga parejas.
confirm-holds = Puede responder durante { $minutes } minutos. Mientras no lo haga, no ocurre nada.
audit-heading = { $count ->
    [one] Una entrada del registro
   *[other] { $count } entradas del registro, las más recientes primero
}
audit-empty = No hay ninguna entrada así en el registro.
audit-report-export = edición entregada en archivos
audit-audit-export = registro entregado en un archivo
audit-only-group = Solo lo relacionado con { $group ->
    [season] la edición
    [roster] la lista de participantes
    [applications] solicitudes y acuerdos
    [matching] la formación de parejas
    [pairs] las parejas
    [nudges] la pregunta mensual
    [announcements] anuncios y mensajes sin entregar
    [concerns] los asuntos de la coordinación
    [coordinators] la coordinación
   *[reports] exportaciones y datos personales
}.
audit-only-since = Solo desde esta fecha: { $at }.
audit-file-heading = El registro en un archivo
audit-file = { $count ->
    [one] Una entrada
   *[other] { $count } entradas, las más antiguas primero
}. Todas las horas son de { $zone }.
audit-file-care = El archivo contiene nombres. Guárdelo donde solo la coordinación pueda leerlo y borre su copia cuando termine.
audit-file-alt = Quién hizo qué, y cuándo: solo para la coordinación
audit-column-at = Cuándo ({ $zone })
audit-column-by = Por quién
audit-column-what = Qué
audit-column-action = Acción
audit-column-about = Sobre quién
audit-column-subject = Hecho a
audit-column-detail = Detalle
nudge-now-heading = ¿Preguntar ahora?
nudge-now-whom = { $pairs ->
    [0] Ahora no hay a quién preguntar sobre { $month }: a cada pareja ya se le preguntó, ya se reunió o tiene una reunión por delante.
    [one] Se pregunta a una pareja sobre { $month }; la pregunta llega a { $people ->
        [one] una persona
       *[other] { $people } personas
    }:
   *[other] Se pregunta a { $pairs } parejas sobre { $month }; las preguntas llegan a { $people } personas:
}
nudge-now-at = Sale el { $from }.
nudge-now-when = La primera pregunta sale el { $from }. Donde es demasiado temprano o tarde para escribir a la gente, espera; la última sale el { $until }.
button-nudge-now = { $people ->
    [one] Sí, preguntar a una persona
   *[other] Sí, preguntar a { $people } personas
}
nudge-now-done = La pregunta va en camino. A quien se le preguntó ahora no se le pregunta otra vez cuando llegue la fecha del mes.
nudges-paused = La pregunta mensual está en pausa, y también el volver a preguntar. No se pregunta a nadie hasta que usted la reanude. Cada persona puede responder por su cuenta, y los recordatorios de sus reuniones siguen como antes.
nudges-not-paused = La pregunta mensual no está en pausa. No hay nada que hacer.
nudges-resumed = La pregunta mensual continúa.
nudges-news-paused = { $by } puso en pausa la pregunta mensual. No se pregunta a nadie hasta que continúe: `/mentorship-admin nudges resume`.
nudges-news-resumed = { $by } reanudó la pregunta mensual.
nudges-resume-heading = ¿Reanudar la pregunta mensual?
nudges-resume-since = Está en pausa desde el { $at }.
nudges-resume-missed = Lo que llegó a su fecha mientras tanto se pregunta enseguida, una sola vez.
nudges-resume-nobody = No se pregunta a nadie enseguida.
nudges-resume-nobody-else = A nadie más se le pregunta enseguida.
nudges-resume-held = { $count ->
    [one] Una pregunta estaba en camino cuando empezó la pausa. Sale a más tardar el { $until }.
   *[other] { $count } preguntas estaban en camino cuando empezó la pausa. Salen entre el { $from } y el { $until }.
}
button-nudges-resume = Reanudarla
button-nudges-resume-yes = Sí, reanudarla
season-nudges-paused = La pregunta mensual está **en pausa** desde el { $at }. Reanúdela con `/mentorship-admin nudges resume`.
season-nudges-next = La pregunta mensual se hace la próxima vez el { $at }.
nudge-schedule-heading = Cuándo se hace la pregunta mensual
nudge-schedule-dates = { $count ->
    [one] La última vez en esta edición:
   *[other] Las próximas veces:
}
nudge-schedule-date = { $at }
nudge-schedule-none = Ya no se hace mientras dure este programa.
nudge-schedule-how = Para cambiarlo, elija abajo. Para otras fechas, escriba una línea cron después del comando: minuto, hora, día del mes, mes y día de la semana. Ahora es { $line }.
nudge-schedule-menu = Elija cuándo preguntar
nudge-schedule-choice = { $name ->
    [first] El día 1 de cada mes a las 10:00
    [tenth] El día 10 de cada mes a las 10:00
    [fifteenth] El día 15 de cada mes a las 10:00
    [twentieth] El día 20 de cada mes a las 10:00
   *[first-monday] El primer lunes de cada mes a las 10:00
}
nudge-schedule-ask = ¿Preguntar en estas fechas?
nudge-schedule-then = A cada pareja se le pregunta una vez al mes como máximo, y no otra vez si ya se le preguntó este mes. Del cambio no se avisa a nadie.
nudge-schedule-done = Las fechas han cambiado.
button-nudge-schedule = Sí, preguntar en estas fechas
audit-nudges-send-now = pregunta del mes hecha enseguida
audit-nudges-pause = pregunta mensual puesta en pausa
audit-nudges-resume = pregunta mensual reanudada
audit-nudges-schedule = fechas de la pregunta mensual cambiadas
announcement-title = Hacer un anuncio
announcement-intro = { $to ->
    [mentees] Cada aprendiz con solicitud aceptada lo leerá, directamente de mí.
    [mentors] Cada mentora o mentor con solicitud aceptada lo leerá, directamente de mí.
    [pairs] Cada pareja ya presentada lo leerá en su propio canal.
   *[everyone] Cada aprendiz y cada mentora o mentor con solicitud aceptada lo leerá, directamente de mí.
} Primero lo ve usted, y nada se envía hasta que usted lo diga.
announcement-label = Lo que quiere decir
announcement-hint = Palabras sencillas. Se envía tal como lo escribe, en un solo idioma.
announcement-submit = Verlo primero
announcement-heading = Noticias de la coordinación
announcement-foot = { $to ->
    [mentees] La coordinación envió esto a cada aprendiz.
    [mentors] La coordinación envió esto a cada mentora y mentor.
    [pairs] La coordinación envió esto a cada pareja.
   *[everyone] La coordinación envió esto a cada aprendiz y a cada mentora y mentor.
}
announcement-ask = ¿Enviar esto?
announcement-changed = Alguien llegó o se fue desde que se le preguntó, así que, por favor, mírelo una vez más. Todavía no se ha enviado nada.
announcement-who = { $to ->
    [pairs] { $count ->
        [one] Lo leerá una pareja, en su canal
       *[other] Lo leerán { $count } parejas, cada una en su propio canal
    }
    [mentees] { $count ->
        [one] Lo leerá una persona aprendiz, directamente de mí
       *[other] Lo leerán { $count } aprendices, directamente de mí
    }
    [mentors] { $count ->
        [one] Lo leerá una persona mentora, directamente de mí
       *[other] Lo leerán { $count } personas mentoras, directamente de mí
    }
   *[everyone] { $count ->
        [one] Lo leerá una persona, directamente de mí
       *[other] Lo leerán { $count } personas, directamente de mí
    }
}. El primer mensaje sale el { $from }.
announcement-later = Donde es demasiado temprano o tarde para escribir a la gente, espera hasta que empiece el día. El último mensaje sale el { $until }.
announcement-looks = Esto es lo que leerán. Mis palabras alrededor de las suyas están en el idioma de cada persona.
button-announce-yes = { $to ->
    [pairs] { $count ->
        [one] Sí, enviarlo a una pareja
       *[other] Sí, enviarlo a { $count } parejas
    }
   *[other] { $count ->
        [one] Sí, enviarlo a una persona
       *[other] Sí, enviarlo a { $count } personas
    }
}
button-announce-stop = Detener lo que no ha salido
button-announce-again = Intentar otra vez los que fallaron
announcement-started = { $to ->
    [pairs] { $count ->
        [one] Va en camino a una pareja.
       *[other] Va en camino a { $count } parejas.
    }
   *[other] { $count ->
        [one] Va en camino a una persona.
       *[other] Va en camino a { $count } personas.
    }
} El canal de la coordinación muestra cuánto ha avanzado. Allí también puede detener lo que no ha salido.
announcement-so-far = Anuncio a cada { $to ->
    [mentees] aprendiz
    [mentors] mentora y mentor
    [pairs] pareja
   *[everyone] aprendiz, mentora y mentor
}: { $sent } de { $messages } enviados, faltan { $waiting }. Cada uno espera una hora adecuada para quien lo lee.
announcement-end = Anuncio a cada { $to ->
    [mentees] aprendiz
    [mentors] mentora y mentor
    [pairs] pareja
   *[everyone] aprendiz, mentora y mentor
}: { $sent } de { $messages } enviados{ $waiting ->
    [0] { "." }
   *[other] , faltan { $waiting }. Saldrán por sí solos.
}
announcement-stopped = { $stopped ->
    [one] Uno se detuvo antes de que alguien lo viera.
   *[other] { $stopped } se detuvieron antes de que alguien los viera.
}
announcement-unread = { $unread ->
    [one] Una persona no recibe mensajes directos míos, y lo leerá en su próxima visita.
   *[other] { $unread } personas no reciben mensajes directos míos, y lo leerán en su próxima visita.
}
announcement-failed = { $failed ->
    [one] Uno no se pudo enviar:
   *[other] { $failed } no se pudieron enviar, entre otros a:
}
announcement-stop-done = { $count ->
    [0] No quedaba nada que detener: todo se envió, o se está enviando ahora mismo.
    [one] Un mensaje quedó detenido. Nadie lo ha visto.
   *[other] { $count } mensajes quedaron detenidos. Nadie los ha visto.
}
announcement-fails = Algunos mensajes de un anuncio no se pudieron enviar. El mensaje sobre el anuncio dice a quién, y sigue contando si hay más. Cuando se haya resuelto lo que lo impedía, intente de nuevo los que fallaron.
announcement-again-done = { $count ->
    [0] No hay nada que intentar otra vez.
    [one] Estoy intentando un mensaje otra vez. Si no funciona, se lo diré aquí.
   *[other] Estoy intentando { $count } mensajes otra vez. Si alguno no funciona, se lo diré aquí.
}
audit-announce-send = anuncio enviado
audit-announce-stop = anuncio detenido
audit-announce-again = mensajes fallidos de un anuncio intentados otra vez
audit-reminded = { " (" }{ $count ->
    [one] una persona
   *[other] { $count } personas
})
audit-announced = { " (" }{ $to ->
    [mentees] a aprendices
    [mentors] a mentoras y mentores
    [pairs] a parejas
   *[everyone] a aprendices, mentoras y mentores
}, { $count ->
    [one] un mensaje
   *[other] { $count } mensajes
})
audit-pair-end = pareja terminada
audit-pair-log = reunión anotada en nombre de una pareja
proposal-heading = { $count ->
    [0] No se propone ninguna pareja
    [one] Se propone una pareja
   *[other] Se proponen { $count } parejas
}
proposal-line = { $mentee } con { $mentor } (afinidad { $score } de 100{ $of ->
    [0] { "" }
   *[other] , opción { $rank } de { $of }
}): { $why }
proposal-left-heading = { $count ->
    [one] Una persona queda sin pareja
   *[other] { $count } personas quedan sin pareja
}
proposal-parted-heading = { $count ->
    [one] Se separaría una pareja publicada
   *[other] Se separarían { $count } parejas publicadas
}
proposal-left = { $person }: { $why }
office-unmatched-no-eligible-mentor = las reglas descartan a todos los mentores y mentoras: { $rules }.
office-unmatched-contested = { $eligible ->
    [one] una persona podría orientarle, pero su lugar fue para alguien más, para que la mayor cantidad posible tenga pareja.
   *[other] { $eligible } personas podrían orientarle, pero sus lugares fueron para otras, para que la mayor cantidad posible tenga pareja.
}
office-unmatched-no-eligible-mentee = las reglas descartan a todas las personas aprendices: { $rules }.
office-unmatched-no-mentee-left = { $eligible ->
    [one] había una persona aprendiz adecuada, que encontró pareja con alguien más.
   *[other] había { $eligible } personas aprendices adecuadas, y todas encontraron pareja con alguien más.
}
office-unmatched-nobody-offers = nadie tiene un lugar libre.
office-unmatched-nobody-seeks = ninguna persona aprendiz espera pareja.
office-unmatched-no-place = ya no le queda ningún lugar.
office-contest = { " " }{ $count ->
    [one] Una persona aprendiz ({ $mentees }) compite
   *[other] { $count } personas aprendices ({ $mentees }) compiten
} por { $places ->
    [0] ningún lugar
    [one] un lugar
   *[other] { $places } lugares
} con { $mentors }.
office-not-offered = { " " }Nadie ofrece: { $topics }.
ruled-out = { $rule ->
    [oneself] { $count } porque es la misma persona
    [own-supervisor] { $count } porque una supervisa a la otra
    [forbidden] { $count } porque la coordinación las mantiene aparte
   *[same-library-system] { $count } del mismo sistema bibliotecario
}
ruled-heading = { $count ->
    [one] Una decisión de la coordinación
   *[other] { $count } decisiones de la coordinación
}
ruled-pinned = Pareja fija: { $mentee } con { $mentor }
ruled-forbidden = Aparte: { $mentee } y { $mentor }
people-first = { $person }
people-next = , { $person }
people-more = { " " }y { $count } más
proposal-page = Página { $page } de { $pages }.
proposal-note = Todavía no se ha avisado a nadie. La mayor cantidad posible de aprendices tiene pareja; después se evitan las parejas con poca afinidad, y luego la afinidad de todas juntas es la mejor. “Opción 2 de 5” significa que, de cinco personas que podrían orientarle, una tendría más afinidad; `/mentorship-admin match why` dice qué lo impide. Las parejas se cambian con `match pin`, `match forbid` o `match swap`.
proposal-empty = Si alguien pudiera orientar a una persona más, `/mentorship-admin match one-more` muestra qué se ganaría.
proposal-published = Estas parejas están publicadas. Para quien se quedó sin pareja, o cuya pareja terminó, proponga de nuevo.
why-fit = Así se compone la afinidad:
why-part = { $part ->
    [specialisations] Intereses en común
    [times] Horas en común
    [formats] Formas de reunirse
    [languages] Idiomas en común
    [position] La mentora o el mentor tiene un puesto de más responsabilidad
    [years] Más años en bibliotecas
    [career] Unos pasos por delante, no demasiados
    [sought] Ocupa el puesto que la persona aprendiz desea alcanzar
    [wish] El deseo de la persona aprendiz
   *[goals] Las metas y lo que se ofrece coinciden
}: { $points } de { $weight }
why-best = Nadie que pueda orientar a { $mentee } tendría más afinidad.
why-better = Estas personas tendrían más afinidad con { $mentee }:
why-better-line = { $mentor } (afinidad { $score }). { $count ->
    [0] Nadie ocupa sus lugares.
   *[other] Con esta persona: { $people }.
} { $stake }
why-stake = { $level ->
    [coverage] Esta pareja dejaría a { $amount ->
        [one] una persona aprendiz más
       *[other] { $amount } personas aprendices más
    } sin pareja.
    [kept] Esta pareja separaría { $amount ->
        [one] una pareja publicada
       *[other] { $amount } parejas publicadas
    }.
    [returning] Esta pareja dejaría sin pareja a { $amount ->
        [one] una persona cuya pareja terminó
       *[other] { $amount } personas cuyas parejas terminaron
    }.
    [shortfall] Esta pareja empeoraría las parejas con poca afinidad (en { $amount }, con lo que les falta al cuadrado).
    [sum] Esta pareja costaría { $amount ->
        [one] un punto
       *[other] { $amount } puntos
    } de afinidad a todas juntas.
    [lot] Las dos maneras son igual de buenas para todas; decidió la suerte.
   *[decided] Una decisión de la coordinación lo impide.
}
why-mentor = { $mentor } tiene { $count ->
    [one] una persona aprendiz
   *[other] { $count } personas aprendices
} en la propuesta:
pin-question = ¿Fijar a { $mentee } con { $mentor }? Siguen juntas en cada propuesta, y usted recibe enseguida una propuesta nueva.
forbid-question = ¿Mantener aparte a { $mentee } y { $mentor }? No se juntan en ninguna propuesta, y usted recibe enseguida una propuesta nueva.
swap-question = ¿Intercambiar? { $one } tendría a { $one_gets }, y { $other } tendría a { $other_gets }. Las dos parejas quedan fijas, y usted recibe enseguida una propuesta nueva.
one-more-question = Si { $mentor } orientara a una persona más:
one-more-full = Ofreció tantos lugares como permite el formulario, así que no se le pueden pedir más.
one-more-ask = ¿Podría orientar a una persona más en esta edición? { $waiting ->
    [one] Una persona aprendiz sigue
   *[other] { $waiting } personas aprendices siguen
} sin pareja. Usted ofreció orientar a { $capacity }. Está bien decir que no.
one-more-asked = { $mentor } recibe ahora la pregunta. Usted leerá la respuesta en el canal de la coordinación.
one-more-thanks = Muchas gracias. Ahora consta que orienta a { $capacity ->
    [one] una persona aprendiz
   *[other] { $capacity } personas aprendices
}. Le avisaremos cuando se publiquen las parejas.
one-more-fine = Está bien, gracias por decirlo. Para usted no cambia nada.
notice-one-more-yes = { $mentor } puede orientar a una persona más. Proponga de nuevo para usar el lugar.
notice-one-more-no = { $mentor } no puede orientar a una persona más esta vez. No cambia nada.
weigh-coverage = { $change ->
    [same] Aprendices con pareja: { $after }, como ahora.
   *[other] Aprendices con pareja: ahora { $before }, después { $after }.
}
weigh-shortfall = { $change ->
    [same] Parejas con poca afinidad (menos de { $weak }): sin cambio.
   *[other] Parejas con poca afinidad (menos de { $weak }), lo que les falta al cuadrado: ahora { $before }, después { $after }; menos es mejor.
}
weigh-sum = { $change ->
    [same] Afinidad de todas las parejas: { $after }, como ahora.
   *[other] Afinidad de todas las parejas: ahora { $before }, después { $after }.
}
weigh-move = { $mentee } pasaría de { $from } a { $to }.
weigh-gain = { $mentee } tendría a { $to }.
weigh-loss = { $mentee } perdería a { $from } y se quedaría sin pareja.
weigh-none = { $mentee } se quedaría sin pareja.
weigh-nobody-moves = Nadie cambiaría.
weigh-note = No se avisa a nadie hasta que usted publique.
publish-parts = { $count ->
    [one] Para ello termina una pareja publicada: se avisa con amabilidad a las dos personas y se cierra su canal.
   *[other] Para ello terminan { $count } parejas publicadas: se avisa con amabilidad a todas y se cierran sus canales.
}
publish-question = ¿Publicar { $pairs ->
    [0] sin ninguna pareja nueva
    [one] una pareja
   *[other] { $pairs } parejas
}? Cada pareja recibirá un canal privado y una presentación.{ $left ->
    [0] { "" }
    [one] { " " }Una persona sin pareja recibirá un mensaje con la razón.
   *[other] { " " }{ $left } personas sin pareja recibirán un mensaje con la razón.
}
publish-time = { $minutes ->
    [one] Todos los canales estarán abiertos en un minuto, más o menos.
   *[other] Abrir todos los canales llevará unos { $minutes } minutos. No hace falta que espere: el canal de coordinación muestra cómo va.
}
publish-later = Para algunas parejas no es hora de recibir mensajes; las últimas presentaciones saldrán desde esta hora: { $at }.
publish-room = { $rooms ->
    [0] Aquí ya no cabe ningún canal.
    [one] Aquí cabe un canal más.
   *[other] Aquí caben { $rooms } canales más.
} { $beyond ->
    [yes] { $others ->
        [one] La otra pareja conversará en un hilo privado, que solo pueden leer sus dos integrantes y el bot.
       *[other] Las otras { $others } parejas conversarán en hilos privados; cada uno solo lo pueden leer su pareja y el bot.
    } Si quiere que cada pareja tenga un canal, elimine antes de publicar los canales que nadie necesite.
   *[no] { $others ->
        [one] La otra pareja se quedaría sin un lugar para conversar.
       *[other] Las otras { $others } parejas se quedarían sin un lugar para conversar.
    } Antes de publicar, elimine los canales que nadie necesite o permita que el bot use hilos privados.
}
progress = { $done } de { $pairs } canales están abiertos; { $minutes ->
    [one] falta un minuto, más o menos.
   *[other] faltan unos { $minutes } minutos.
}
progress-end = { $open ->
    [0] Las parejas están publicadas: { $done } de { $pairs } canales están abiertos, cada uno con su presentación.
   *[other] Las parejas están publicadas: { $done } de { $pairs } canales están abiertos y { $open } todavía esperan; se abrirán en cuanto sea posible.
}
progress-failed = { $failed ->
    [one] Un canal no se pudo abrir; un mensaje aquí dice por qué.
   *[other] { $failed } canales no se pudieron abrir; un mensaje aquí dice por qué en cada caso.
} `/mentorship-admin pairs list` muestra a quiénes les falta la presentación.
publish-done = { $pairs ->
    [0] Está publicado.
    [one] Una pareja está publicada; su presentación va en camino.
   *[other] { $pairs } parejas están publicadas; sus presentaciones van en camino.
}{ $left ->
    [0] { "" }
    [one] { " " }Se está avisando a una persona sin pareja, con la razón.
   *[other] { " " }Se está avisando a { $left } personas sin pareja, con la razón.
}
pairs-empty = Todavía no hay parejas. Cuando cierren las solicitudes, propóngalas con `/mentorship-admin match propose`.
pairs-heading = { $count ->
    [one] Una pareja
   *[other] { $count } parejas
}
pairs-line = { $mentor } y { $mentee }: { $standing ->
    [published] presentación en camino
    [met] se reunieron este mes
    [planned] hay una reunión planeada
    [not_yet] todavía no este mes
    [needs_help] **pide ayuda**
    [disagree] **las respuestas no coinciden**
    [waiting] sin respuesta este mes
   *[introduced] ya se presentaron
}, { $missing ->
    [0] los dos acuerdos están firmados
    [one] falta la firma de { $one }
   *[other] faltan las dos firmas
}
preview-heading = { $month }: { $count ->
    [0] ahora no se preguntaría a ninguna pareja
    [one] ahora se preguntaría a una pareja
   *[other] ahora se preguntaría a { $count } parejas
}; { $leave ->
    [0] no se omite ninguna pareja.
    [one] se omite una pareja, porque ya respondió o todavía no hace falta preguntarle.
   *[other] se omiten { $leave } parejas, porque ya respondieron o todavía no hace falta preguntarles.
}
preview-line = { $mentor } y { $mentee }
preview-note = Cada persona puede responder: { $answers }
preview-outside = Solo se pregunta a las parejas mientras dura el programa, a partir del { $at }.
coordinators-heading = { $count ->
    [0] Todavía no hay nadie en la coordinación
    [one] Una persona en la coordinación
   *[other] { $count } personas en la coordinación
}
coordinators-line = { $person }
coordinator-added = { $person } ahora forma parte de la coordinación y tendrá acceso a su canal en un momento.
coordinator-already = { $person } ya forma parte de la coordinación.
coordinator-removed = { $person } ya no forma parte de la coordinación, y sale del canal de coordinación.
coordinator-removed-by-name = { $person } ya no forma parte de la coordinación por su nombre. Si no está en un grupo que coordina, sale del canal de coordinación.
coordinator-not = { $person } no forma parte de la coordinación.
coordinator-last = { $person } es la única persona en la coordinación. Agregue primero a otra.
coordinators-groups = { $count ->
    [one] Todas las personas de este grupo forman parte de la coordinación:
   *[other] Todas las personas de estos grupos forman parte de la coordinación:
}
coordinators-group-line = { $group }
coordinators-groups-note = Quien entra en un grupo así forma parte de la coordinación un minuto después, a más tardar, y quien sale de él deja de formar parte. Cada persona entra en el canal de coordinación con el botón; quien ha salido del grupo queda fuera del canal en el plazo de un día.
coordinator-group-added = Todas las personas del grupo «{ $group }» forman parte de la coordinación a partir de ahora, mientras estén en él. Entran en el canal de coordinación con el botón { $button }, que encuentran en { $command }.
coordinator-group-already = Las personas del grupo «{ $group }» ya forman parte de la coordinación.
coordinator-group-removed = Estar en el grupo «{ $group }» ya no hace a nadie parte de la coordinación. Quien entró en el canal de coordinación por él sale del canal, a menos que siga formando parte por su nombre o por otro grupo.
coordinator-group-not = Las personas del grupo «{ $group }» no forman parte de la coordinación por estar en él.
coordinator-group-last = Solo las personas del grupo «{ $group }» pueden coordinar el programa. Agregue primero a una persona o a otro grupo.
office-lost = El canal de coordinación ya no existe: alguien lo eliminó o lo archivó.
office-lost-held = No se ha perdido nada de lo que tenía que decir allí. Lo guardo hasta que vuelva a haber un lugar.
office-lost-next = Presione el botón y abriré un canal nuevo para la coordinación, donde diré todo.
office-lost-ask = Cualquier persona de la coordinación puede pedir un canal nuevo con un botón en { $command }.
office-reopened = Estoy abriendo un canal nuevo para la coordinación. En un momento lo encontrará en su lista de canales, con todo lo que tuvo que esperar.
office-is-there = La coordinación tiene un canal, o se está abriendo en este momento. No queda nada por hacer.
office-entered = En un momento tendrá acceso al canal de coordinación. Lo encontrará en su lista de canales.
list-more = { $count ->
    [one] y una más
   *[other] y { $count } más
}

## Roster
roster-form-title = Importar la lista
roster-form-intro = El archivo es la lista de quienes participan ahora en PLSEP, guardada como CSV desde su hoja de cálculo. La primera fila nombra las columnas: **nombre** y **correo** son necesarias; **sistema de bibliotecas**, **activo** (sí o no) y la **cuenta del chat** pueden estar, y las demás no se toman en cuenta. Usted verá qué cambiaría antes de que cambie algo.
roster-form-label = La lista como archivo CSV
roster-form-hint = En Excel o Google Sheets: Guardar como o Descargar, y luego CSV. Hasta 5 megabytes.
button-roster-look = Ver los cambios
roster-file-wanted = Para importar la lista de participantes, escriba { $command }, elija **file** y adjunte el archivo.
roster-nothing-changed = Nada ha cambiado. Corrija el archivo e impórtelo de nuevo.
roster-unreadable-too-large = Este archivo pesa más de { $megabytes } megabytes y no se leyó. Una lista de participantes es mucho más pequeña: quite imágenes y otras hojas, guárdela como CSV e inténtelo de nuevo.
roster-unreadable-not-fetched = No se pudo obtener el archivo del chat. Adjúntelo una vez más; si vuelve a fallar, pida a quien administra el bot que revise sus permisos para archivos.
roster-unreadable-empty = Este archivo está vacío. Guarde la lista como CSV otra vez y revise que tenga filas.
roster-unreadable-not-text = Esto no es una lista: parece una imagen u otro tipo de archivo. Guarde la lista desde su hoja de cálculo como CSV y elija ese archivo.
roster-unreadable-workbook = Este es un libro de una hoja de cálculo. Ábralo, guarde la hoja de participantes como CSV y elija ese archivo.
roster-unreadable-no-headings = Ninguna fila de este archivo nombra sus columnas. Escriba «Nombre» y «Correo» sobre las columnas, guárdelo como CSV e inténtelo de nuevo.
roster-unreadable-no-rows = Este archivo nombra sus columnas y no tiene filas debajo. Revise si guardó la hoja correcta.
roster-unreadable-too-many-rows = Este archivo tiene más de { $rows } filas. Deje solo a quienes participan e inténtelo de nuevo.
roster-preview-heading = Lo que cambiaría este archivo
roster-preview-on-its-way = Gracias. Algunas filas tienen un error; lo que cambiaría el archivo va en camino en un mensaje directo, con una lista de esas filas.
roster-preview-again = La lista ha cambiado desde la pregunta, así que los números son nuevos. Por favor, revíselos otra vez.
roster-figure-added = { $count ->
    [0] Nadie es nuevo
    [one] Una persona es nueva
   *[other] { $count } personas son nuevas
}
roster-figure-changed = { $count ->
    [one] Una línea cambia
   *[other] { $count } líneas cambian
}
roster-figure-same = { $count ->
    [one] Una línea queda igual
   *[other] { $count } líneas quedan igual
}
roster-figure-repeated = { $count ->
    [one] Una fila dice lo mismo que otra anterior
   *[other] { $count } filas dicen lo mismo que otra anterior
}
roster-figure-bad = { $count ->
    [one] Una fila tiene un error y quedaría fuera
   *[other] { $count } filas tienen un error y quedarían fuera
}
roster-figure-missing = { $count ->
    [one] Una persona de la lista no está en este archivo
   *[other] { $count } personas de la lista no están en este archivo
}
roster-faults = Los errores de las filas que quedarían fuera:
roster-faults-more = { $count ->
    [0] El archivo adjunto dice lo mismo, para revisarlo en una hoja de cálculo.
    [one] Hay uno más en el archivo adjunto, fila por fila.
   *[other] Hay { $count } más en el archivo adjunto, fila por fila.
}
roster-fault-line = Fila { $row }, { $column }: { $what }. { $mend }
roster-column-name = nombre
roster-column-first-name = nombre de pila
roster-column-last-name = apellidos
roster-column-email = correo
roster-column-chat-user = cuenta del chat
roster-column-library-system = sistema de bibliotecas
roster-column-active = activo
roster-fault-missing = la celda está vacía
roster-mend-missing = Complétela.
roster-fault-not-an-email = «{ $found }» no es una dirección de correo
roster-mend-not-an-email = Escríbala como nombre@biblioteca.example.
roster-fault-neither-yes-nor-no = «{ $found }» no es ni sí ni no
roster-mend-neither-yes-nor-no = Escriba sí o no, o deje la celda vacía para decir sí.
roster-fault-not-an-account = «{ $found }» no es el ID de una cuenta
roster-mend-not-an-account = Copie el ID del perfil de la persona, o deje la celda vacía.
roster-fault-too-long = la celda tiene más de { $max } caracteres
roster-mend-too-long = Acórtela.
roster-fault-formula = «{ $found }» empieza como una fórmula
roster-mend-formula = Escriba las palabras mismas.
roster-fault-odd-characters = la celda tiene caracteres que no se pueden leer
roster-mend-odd-characters = Escríbala de nuevo.
roster-fault-open-quote = hay una comilla abierta que no se cierra
roster-mend-open-quote = Quite la comilla; las filas de abajo no se leyeron.
roster-fault-same-email = la fila { $earlier } tiene la misma dirección de correo y dice otra cosa
roster-mend-same-email = Deje una de las dos filas.
roster-fault-same-account = la fila { $earlier } tiene la misma cuenta del chat
roster-mend-same-account = Deje la cuenta en una de las dos.
roster-report-row = Fila
roster-report-column = Columna
roster-report-found = Lo que dice
roster-report-what = Qué está mal
roster-report-mend = Cómo corregirlo
roster-report-alt = Una lista de las filas por corregir
roster-preview-nothing = La lista ya dice todo lo que se pudo leer en este archivo, así que no hay nada que importar. Si falta algo, corríjalo en el archivo e impórtelo de nuevo.
roster-preview-missing = { $count ->
    [one] La persona que no está en este archivo sigue en la lista, salvo que usted diga otra cosa. Si se marca que ya no participa, no puede postularse como aprendiz, y usted recibe un aviso si ya se postuló.
   *[other] Las personas que no están en este archivo siguen en la lista, salvo que usted diga otra cosa. Si se marca que ya no participan, no pueden postularse como aprendices, y usted recibe un aviso por cada una que ya se postuló.
}
roster-preview-question = ¿Qué se debe hacer?
roster-preview-until = Plazo para decidir: { $until }. Hasta entonces no cambia nada.
button-roster-import = { $bad ->
    [0] { $count ->
        [one] Importar una fila
       *[other] Importar { $count } filas
    }
   *[other] { $count ->
        [one] Importar la fila correcta, dejar fuera { $bad }
       *[other] Importar las { $count } filas correctas, dejar fuera { $bad }
    }
}
button-roster-import-end = { $missing ->
    [one] Importar { $count }, y una persona ya no participa
   *[other] Importar { $count }, y { $missing } ya no participan
}
button-roster-end = { $missing ->
    [one] Marcar que una persona ya no participa
   *[other] Marcar que { $missing } ya no participan
}
button-roster-leave = No importar nada
roster-long-begun = Gracias. Se están escribiendo { $lines } líneas, paso a paso. El canal de la coordinación muestra cuánto ha avanzado, y dice cuándo termina. No hace falta que espere aquí.
roster-long-so-far = { $person } está importando una lista de participantes: { $taken } de { $lines } líneas están escritas. Este mensaje cambia hasta que lo estén todas.
roster-done-heading = La lista está importada
roster-done-added = { $count ->
    [0] No se agregó a nadie
    [one] Se agregó a una persona
   *[other] Se agregó a { $count } personas
}
roster-done-changed = { $count ->
    [one] Se cambió una línea
   *[other] Se cambiaron { $count } líneas
}
roster-done-same = { $count ->
    [one] Una línea quedó igual
   *[other] { $count } líneas quedaron igual
}
roster-done-ended = { $count ->
    [one] Se marcó que una persona ya no participa
   *[other] Se marcó que { $count } personas ya no participan
}
roster-done-left-out = { $count ->
    [one] Una fila quedó fuera
   *[other] { $count } filas quedaron fuera
}
roster-done-left-alone = { $count ->
    [one] Alguien más cambió una línea entretanto, y quedó como está
   *[other] Alguien más cambió { $count } líneas entretanto, y quedaron como están
}
roster-done-found = { $count ->
    [one] Una persona que se postuló está ahora en la lista, y recibe un aviso
   *[other] { $count } personas que se postularon están ahora en la lista, y reciben un aviso
}
roster-done-undo = Si era el archivo equivocado, puede deshacer la importación durante dos días, mientras nada se haya basado en ella.
button-roster-undo = Deshacer la importación
roster-left = No se importó nada. La lista está como estaba.
roster-undone = { $count ->
    [one] La importación está deshecha: una línea está como antes.
   *[other] La importación está deshecha: { $count } líneas están como antes.
}
roster-list-heading = { $count ->
    [0] La lista de participantes
    [one] Una línea de la lista de participantes
   *[other] { $count } líneas de la lista de participantes
}
roster-list-search = Son aquellas en las que aparece «{ $words }».
roster-list-state = { $state ->
    [found] Se muestran personas que participan y a quienes ya se conoce en el chat.
    [not-yet] Se muestran personas que participan y a quienes todavía no se conoce en el chat.
   *[inactive] Se muestran personas que ya no participan.
}
roster-list-line = { $line }: { $state }
roster-line-found = en el chat es { $person }
roster-line-not-yet = todavía no se le conoce en el chat
roster-line-inactive = ya no participa
roster-list-empty = La lista de participantes está vacía. Tráigala con { $command }.
roster-list-none = Ninguna línea coincide. Pruebe con una parte del nombre, de la biblioteca o del correo.
roster-list-menu = Ver una de ellas
roster-line-heading = { $name }
roster-line-email = Correo en la lista
roster-line-library = Biblioteca
roster-line-library-none = No consta
roster-line-active = Participa
roster-line-active-yes = Sí
roster-line-active-no = Ya no
roster-line-account = En el chat
roster-line-account-of = { $person }
roster-line-account-none = Todavía no se le conoce. Cuando presente su solicitud, el bot le reconocerá por el correo, si el chat lo comunica, o por el vínculo que usted haga aquí.
roster-line-application = Solicitud
roster-line-applied = { $state ->
    [draft] Empezada y sin enviar
    [submitted] Espera la decisión de ustedes
    [not_on_roster] Espera a que la lista incluya a esta persona
    [accepted] Aceptada
    [wait_listed] En lista de espera
    [declined] No aceptada
    [withdrawn] Retirada
   *[none] Ninguna
}
roster-line-menu = ¿Quién es en el chat?
roster-line-other = ¿No está en el menú? Escriba { $command } e indique a la persona.
roster-offer = { $person } no está en ninguna línea de la lista. ¿Cuál es la suya? Las más probables van primero.
roster-offer-other = { $person } está en la línea de { $name }. ¿Es suya otra línea? Las más probables van primero.
roster-offer-menu = Elija su línea
roster-offer-hint = ¿No está en el menú? Escriba { $command } de nuevo y añada en **search** una parte del nombre, de la biblioteca o del correo.
roster-link-question = ¿Vincular la línea de { $line } con { $person }? Desde entonces se le conocerá por esta cuenta, cualquiera que sea su nombre o su correo.
roster-link-takes = Esta línea está vinculada ahora con { $person }. Ese vínculo terminaría.
roster-link-moves = { $person } está ahora en la línea de { $other }. Ese vínculo terminaría.
roster-link-inactive = Esta línea dice que la persona ya no participa.
roster-unlink-question = ¿Separar la línea de { $name } de { $person }? La línea sigue en la lista y no es de nadie en el chat hasta que se vincule otra vez.
roster-losing = { $person } ha presentado una solicitud y dejaría de estar en la lista. No se le excluye: se les pedirá a ustedes que decidan.
roster-linked = Esta línea está vinculada.
roster-linked-found = Esta línea está vinculada. Su solicitud la esperaba: se le avisa que ya se va a leer, y está en la cola.
roster-linked-already = Esta línea ya está vinculada con esa cuenta.
roster-unlinked = Esta línea ya no es de nadie en el chat.
button-roster = A la lista
button-roster-found = En el chat ({ $count })
button-roster-not-yet = Aún sin conocer ({ $count })
button-roster-inactive = Ya no participan ({ $count })
button-roster-all = Todas las líneas
button-roster-link = Sí, vincular
button-roster-unlink = Separar de esta cuenta
button-roster-unlink-yes = Sí, separar
roster-preview-losing = { $count ->
    [one] Una persona con solicitud figura en este archivo como que ya no participa, o pierde su cuenta. No se le excluye: se les pedirá a ustedes que decidan.
   *[other] { $count } personas con solicitud figuran en este archivo como que ya no participan, o pierden su cuenta. No se las excluye: se les pedirá a ustedes que decidan sobre cada una.
}
roster-preview-missing-losing = { $count ->
    [one] Una de las que faltan ha presentado una solicitud. Tampoco se la excluye: se les pedirá a ustedes que decidan.
   *[other] { $count } de las que faltan han presentado una solicitud. Tampoco se las excluye: se les pedirá a ustedes que decidan sobre cada una.
}
refusal-no-roster-line = Esta persona no está en ninguna línea de la lista. Escriba `/mentorship-admin roster link` e indique a la persona para elegirla.
refusal-not-linked = Esta línea no está vinculada con nadie en el chat, así que no hay nada que separar.
refusal-linked-by-address = El chat comunica el mismo correo que figura en esta línea, así que el bot volvería a encontrar a la persona enseguida. Si la línea es de otra persona, corrija el correo en su lista e impórtela de nuevo.

## Informes
report-on-its-way = Su informe va en camino en un mensaje directo.
report-only-you = Solo usted puede ver esto. La imagen muestra las mismas cifras.
report-at = Al { $at }
report-day = { $day } { $month }
overview-heading = { $program } de un vistazo
overview-sent = Solicitudes enviadas: { $mentees ->
    [one] una de aprendiz
   *[other] { $mentees } de aprendices
}, { $mentors ->
    [one] una de mentor o mentora
   *[other] { $mentors } de mentores y mentoras
}.{ $drafts ->
    [0] { "" }
    [one] { " " }Hay una más comenzada y sin enviar.
   *[other] { " " }Hay { $drafts } más comenzadas y sin enviar.
}
overview-mentees = Aprendices con mentor o mentora: **{ $paired } de { $total }**{ $parts }.
overview-mentors = Mentores y mentoras con aprendiz: **{ $paired } de { $total }**{ $parts }.
overview-part-alone = { $count ->
    [one] 1 con solicitud aceptada y sin pareja
   *[other] { $count } con solicitud aceptada y sin pareja
}
overview-part-wait-listed = { $count } en lista de espera
overview-part-undecided = { $count ->
    [one] 1 espera una decisión
   *[other] { $count } esperan una decisión
}
overview-part-declined = { $count ->
    [one] 1 no aceptada
   *[other] { $count } no aceptadas
}
overview-part-withdrawn = { $count ->
    [one] 1 retirada
   *[other] { $count } retiradas
}
overview-forms = Acuerdos firmados en las parejas: **{ $mentees } de { $mentees-of }** aprendices, **{ $mentors } de { $mentors-of }** mentores y mentoras{ $late ->
    [0] .
    [one] ; uno de ellos, fuera de plazo.
   *[other] ; { $late } de ellos, fuera de plazo.
}
overview-pairs = Parejas: { $live } en curso, { $completed } hasta el final, { $ended ->
    [one] 1 terminada antes
   *[other] { $ended } terminadas antes
}.
overview-month = { $month }: { $pairs ->
    [one] se reunió **{ $met } de 1** pareja
   *[other] se reunieron **{ $met } de { $pairs }** parejas
}, { $least ->
    [yes] al menos { $meetings ->
        [one] una reunión
       *[other] { $meetings } reuniones
    }
   *[no] { $meetings ->
        [0] ninguna reunión
        [one] una reunión
       *[other] { $meetings } reuniones
    }
}{ $parts }.
overview-month-planned = { $count } con reunión planeada
overview-month-not-yet = { $count } todavía no
overview-month-with-coordinator = { $count } con la coordinación
overview-month-silent = { $count } sin noticias
overview-total = En todos los meses: { $least ->
    [yes] al menos { $meetings ->
        [one] una reunión
       *[other] { $meetings } reuniones
    }
   *[no] { $meetings ->
        [0] todavía ninguna reunión
        [one] una reunión
       *[other] { $meetings } reuniones
    }
}. Parejas que se han reunido al menos una vez: { $met } de { $pairs }.
overview-no-months = El programa no ha comenzado, así que todavía no hay reuniones que contar.
overview-alt = { $at }. { $lines }
overview-panel-weeks = Solicitudes por semana
overview-panel-days = Solicitudes según cuándo se enviaron
overview-name-mentees = Aprendices
overview-name-mentors = Mentores y mentoras
overview-panel-coverage = Quién tiene pareja
overview-bar-mentees-paired = Aprendices con mentor/a
overview-bar-mentees-alone = Aprendices sin pareja
overview-bar-mentees-waiting = Aprendices sin decisión
overview-bar-mentees-gone = No aceptadas, retiradas
overview-bar-mentors-paired = Mentores/as con aprendiz
overview-panel-forms = Acuerdos firmados
overview-bar-mentee-forms = Aprendices en pareja
overview-bar-mentor-forms = Mentores/as en pareja
overview-of = { $value } de { $of }
overview-panel-months = Reuniones por mes y parejas que se reunieron
overview-panel-months-least = Reuniones por mes (+: al menos) y parejas que se reunieron
overview-column-met = { $met } de { $pairs } parejas
overview-column-ahead = por venir
button-report-meetings = Reuniones por pareja
button-report-overview = La edición de un vistazo
export-report-heading = La edición como { $format ->
    [xlsx] libro de Excel
   *[csv] archivos para una hoja de cálculo
}
export-report = { $applications ->
    [one] Una solicitud
   *[other] { $applications } solicitudes
}, { $pairs ->
    [one] una pareja
   *[other] { $pairs } parejas
}, { $meetings ->
    [one] una reunión
   *[other] { $meetings } reuniones
}, { $check-ins ->
    [one] una respuesta mensual
   *[other] { $check-ins } respuestas mensuales
}, { $signatures ->
    [one] una firma
   *[other] { $signatures } firmas
}, { $surveys ->
    [one] una encuesta final
   *[other] { $surveys } encuestas finales
}. Todas las horas son de { $zone }.
export-report-care = { $format ->
    [xlsx] El libro contiene
   *[csv] Los archivos contienen
} nombres, correos y respuestas. { $format ->
    [xlsx] Guárdelo donde solo la coordinación pueda leerlo
   *[csv] Guárdelos donde solo la coordinación pueda leerlos
} y borre su copia cuando termine. Para cifras sin nombres, use `/mentorship-admin report overview`.
export-report-alt = Nombres, correos y respuestas: solo para la coordinación
export-table-applications = Solicitudes
export-table-pairs = Parejas
export-table-meetings = Reuniones
export-table-check-ins = Respuestas mensuales
export-table-signatures = Firmas
export-table-survey = Encuesta final
export-column-name = Nombre
export-column-account = Cuenta en el chat
export-column-email = Correo
export-column-role = Papel
export-column-state = Estado
export-column-sent = Enviada ({ $zone })
export-column-pair = Número de pareja
export-column-mentee = Aprendiz
export-column-mentor = Mentor o mentora
export-column-published = Publicada ({ $zone })
export-column-cadence = Cada cuánto quieren reunirse
export-column-meetings = Reuniones, al menos
export-column-begins = Comienza ({ $zone })
export-column-minutes = Minutos
export-column-month = Mes
export-column-answer = Respuesta
export-column-given = Dada ({ $zone })
export-column-typed = Nombre como se escribió
export-column-signed = Firmado ({ $zone })
export-column-version = Versión del acuerdo
export-column-timing = En plazo
digest-heading = La semana que viene: { $day }
digest-well = Todo va bien: nada espera y todo se entregó.
digest-waiting = { $count ->
    [one] Una solicitud espera una decisión.
   *[other] { $count } solicitudes esperan una decisión.
}
digest-unsigned = { $count ->
    [one] Una persona con pareja no ha firmado el acuerdo:
   *[other] { $count } personas con pareja no han firmado el acuerdo:
}
digest-needs-help = { $count ->
    [one] En una pareja alguien ha pedido ayuda con { $month }:
   *[other] En { $count } parejas alguien ha pedido ayuda con { $month }:
}
digest-disagree = { $count ->
    [one] En una pareja, las dos respuestas sobre si se reunieron en { $month } son distintas:
   *[other] En { $count } parejas, las dos respuestas sobre si se reunieron en { $month } son distintas:
}
digest-not-yet = { $count ->
    [one] Una pareja dice que todavía no se ha reunido en { $month }, y no tiene reunión prevista:
   *[other] { $count } parejas dicen que todavía no se han reunido en { $month }, y no tienen reunión prevista:
}
digest-silent = { $count ->
    [one] Una pareja no ha dicho nada sobre { $month }, y no sé de ninguna reunión en ese mes:
   *[other] { $count } parejas no han dicho nada sobre { $month }, y no sé de ninguna reunión en ese mes:
}
digest-pair = { $mentor } y { $mentee }
digest-concerns = { $count ->
    [one] Un asunto espera atención{ $unassigned ->
        [0] .
       *[other] { " " }y nadie lo atiende.
    }
   *[other] { $count } asuntos esperan atención{ $alone ->
        [all] { " " }y nadie los atiende.
       *[some] { $unassigned ->
            [0] .
            [one] ; uno de ellos no lo atiende nadie.
           *[other] ; a { $unassigned } de ellos no los atiende nadie.
        }
    }
}
digest-undelivered = { $count ->
    [one] Un mensaje no se pudo entregar; está más arriba, con un botón para intentarlo de nuevo.
   *[other] { $count } mensajes no se pudieron entregar; están más arriba, cada uno con un botón para intentarlo de nuevo.
}
digest-due = En los próximos siete días:
digest-nothing-due = No hay nada previsto para los próximos siete días.
digest-date = { $date ->
    [applications_open] Se abren las solicitudes
    [applications_close] Se cierran las solicitudes
    [agreements_due] Vence el plazo de los acuerdos
    [runs_from] Comienza el programa
    [runs_until] Termina el programa
   *[wrap_up_until] Se cierra la edición
}: { $at }
digest-meetings = { $count ->
    [one] Hay una reunión planeada
   *[other] Hay { $count } reuniones planeadas
}
notice-silent = No se sabe nada de { $mentor } y { $mentee } desde el { $since }. Quizá les va bien; por favor, pregúnteles con amabilidad cómo les va.
participation-heading = Quiénes participaron, en cifras
participation-line = { $what }: { $mentees } de { $mentees-of ->
    [one] una persona aprendiz
   *[other] { $mentees-of } aprendices
}, { $mentors } de { $mentors-of ->
    [one] una persona mentora
   *[other] { $mentors-of } personas mentoras
}
participation-signed = Firmaron el acuerdo
participation-month = Respondieron a la pregunta sobre { $month }
participation-fit = Dijeron si encajan bien, { $occasion ->
    [first_meeting] después de la primera reunión
   *[mid_term] a mitad del programa
}
participation-survey = Entregaron la encuesta final
participation-note = Solo usted puede ver esto. A quien tiene dos parejas se le pregunta por cada una y cuenta por cada una. No se nombra a nadie; para ver a qué parejas les vendrían bien unas palabras, use el botón.
participation-none = Todavía no hay parejas, así que no se ha preguntado nada a nadie. Vea cómo va la edición con `/mentorship-admin season show`.
stuck-heading = { $count ->
    [one] Una pareja a la que escribir
   *[other] { $count } parejas a las que escribir
}
stuck-intro = Primero van las que más han esperado. Quizá les va bien y no lo han contado; a menudo bastan unas palabras amables. Solo usted puede ver esto.
stuck-line = { $mentor } (mentoría) y { $mentee } (aprendiz): { $why ->
    [needs_help] una de las dos personas pidió ayuda el { $since }.
    [disagree] sus respuestas difieren desde el { $since }: una dice que se reunieron y la otra que no.
    [no_word] no se sabe nada desde el { $since }, aunque se les preguntó.
   *[never_met] podían reunirse desde el { $since } y todavía no se han reunido.
}
stuck-more = { $count ->
    [one] Hay una pareja más que ha esperado menos; aparecerá aquí cuando respondan las primeras. Para ver todas, escriba `/mentorship-admin report meetings`.
   *[other] Hay { $count } parejas más que han esperado menos; aparecerán aquí cuando respondan las primeras. Para ver todas, escriba `/mentorship-admin report meetings`.
}
stuck-none = Ahora ninguna pareja necesita unas palabras. Una pareja aparece aquí cuando no se ha reunido { $days } días después de poder empezar, cuando se le preguntó y no ha respondido en { $days } días, cuando una de las dos personas pide ayuda o cuando sus respuestas difieren.
button-report-stuck = Parejas a las que escribir
button-pair-write = Escribir a { $mentor } y { $mentee }
pair-note-title = Escribir a una pareja
pair-note-intro = { $mentor } y { $mentee } leen esto en su canal privado, con el nombre de usted. Cambie el borrador como guste.
pair-note-label = Su mensaje para ambas personas
pair-note-hint = Palabras sencillas. Se envía tal como lo escriba.
pair-note-submit = Enviarlo
pair-note-draft-hello = Hola, { $mentor } y { $mentee }:
pair-note-draft-ask = Quería preguntarles cómo les va. No hay prisa, y no pasa nada si no se han reunido últimamente: a veces todo el mundo anda con mucho trabajo.
pair-note-draft-set = Cuando les venga bien, elijan una hora para su próxima reunión: opriman «{ $button }» debajo de este mensaje o escriban /mentorship meeting set.
pair-note-draft-help = Si algo se lo impide, opriman «{ $ask }». Solo lo lee la coordinación, y con gusto ayudamos.
pair-note-heading = Unas palabras de la coordinación
pair-note-foot = { $by } les escribió esto, y no lee su conversación aquí.
pair-note-done = Su mensaje para { $mentor } y { $mentee } va en camino a su canal.
pair-note-later = Su mensaje llegará a { $mentor } y { $mentee } en su canal el { $at }: espera una hora adecuada para ambas personas.
audit-pair-write = mensaje escrito a una pareja
summary-run = El programa va del { $from } al { $until }.
summary-counted = { $at }.
summary-contact = Consultas: { $contact }
summary-heading = Las cifras en palabras
summary-note-heading = La edición en papel
summary-note = Aquí tiene un resumen de la edición en PDF: solo cifras, sin nombres. Puede incluirlo tal como está en un informe de subvención. Para una hoja de cálculo, escriba { $export }.
heat-title = { $program }: reuniones de las parejas
heat-subtitle = { $at }: parejas { $first } a { $last } de { $count }
heat-subtitle-all = { $at }
heat-heading = Reuniones por pareja
heat-shown = Las imágenes muestran las primeras { $shown } de { $count } parejas, por el nombre de cada aprendiz; la hoja de cálculo las tiene todas.
heat-all = { $count ->
    [one] Las imágenes y la hoja de cálculo `meetings.csv` muestran la única pareja.
   *[other] Las imágenes y la hoja de cálculo `meetings.csv` muestran las { $count } parejas, por el nombre de cada aprendiz.
}
heat-alt = { $part }. Una fila por pareja, una columna por mes, una palabra en cada celda. { $lines }
heat-file-alt = Lo mismo como tabla para una hoja de cálculo
heat-cell-met = { $count ->
    [one] reunión
   *[other] { $count } reuniones
}
heat-cell-planned = planeada
heat-cell-not-yet = todavía no
heat-cell-needs-help = pide ayuda
heat-cell-disagree = difieren
heat-cell-silent = sin noticias
heat-cell-ahead = por venir
heat-cell-apart = –
heat-legend-met = se reunieron
heat-legend-planned = reunión planeada
heat-legend-not-yet = todavía no
heat-legend-needs-help = pide ayuda
heat-legend-disagree = respuestas distintas
heat-legend-silent = sin noticias
heat-legend-ahead = por venir
heat-legend-apart = entonces sin pareja
heat-partner = con { $name }
heat-table = Reuniones
heat-column-number = Número en las imágenes
heat-column-mentee = Aprendiz
heat-column-mentor = Mentor o mentora
heat-column-state = Pareja
heat-column-standing = { $month } ({ $zone })
heat-column-meetings = { $month }: reuniones, al menos
pair-is-published = presentación en camino
pair-is-introduced = en curso
pair-is-ended = terminada: { $reason ->
    [completed] hasta el final
    [mentee_left] se fue el o la aprendiz
    [mentor_left] se fue el mentor o la mentora
    [rematched] pareja nueva
   *[by_coordinator] por la coordinación
}

## Recordar a mano

remind-heading = { $count ->
    [0] No hay a quién enviar un recordatorio ahora
    [one] ¿Enviar un recordatorio a una persona?
   *[other] ¿Enviar un recordatorio a { $count } personas?
}
remind-changed = { $count ->
    [0] Algo ha cambiado desde la pregunta: ya no queda nadie a quien recordarle nada. Con su respuesta no se ha enviado nada.
   *[other] Algo ha cambiado desde la pregunta; por favor, revise otra vez. Con su respuesta no se ha enviado nada.
}
remind-drafts = { $count ->
    [one] Una persona ha empezado una solicitud y no la ha enviado:
   *[other] { $count } personas han empezado una solicitud y no la han enviado:
}
remind-forms = { $count ->
    [one] Una persona está en una pareja y no ha firmado el acuerdo:
   *[other] { $count } personas están en una pareja y no han firmado el acuerdo:
}
remind-line = { $person }
remind-at = Cada persona lo recibe directamente de mí, una sola vez: { $from }.
remind-when = Cada persona lo recibe directamente de mí, una sola vez. El primero sale el { $from }. Donde es muy temprano o muy tarde para escribir, espera; el último sale el { $until }.
remind-left-out-heading = No reciben nada:
remind-left-out = { $count ->
    [one] una persona
   *[other] { $count } personas
}: { $why ->
    [withdrawn] con la solicitud retirada
    [closed] con una solicitud empezada, pero el plazo está cerrado o lo estará antes de que yo pueda escribir
    [away] fuera ya de esta comunidad
    [paused] con mis mensajes en pausa
    [unreachable] sin acceso a mis mensajes directos. Lo que tengo para decir espera su próxima visita; un correo de usted puede ayudar
    [just-at-it] con la solicitud modificada, o la presentación hecha, en las últimas 12 horas
   *[reminded-today] con un recordatorio de hoy, o ya en camino
}
remind-nobody = Vuelva a mirar mañana o escríbales usted directamente.
remind-looks = Esto es lo que leen, cada persona en su idioma y con su número de preguntas pendientes.
button-remind = { $count ->
    [one] Sí, recordar a una persona
   *[other] Sí, recordar a { $count } personas
}
remind-done = { $count ->
    [one] El recordatorio está en camino. Si la persona lo hace antes de que salga, no recibe nada.
   *[other] { $count } recordatorios están en camino. Quien lo haga antes de que salga el suyo no recibe nada.
} Si alguno no se puede entregar, el canal de coordinación lo dice, con un botón para intentarlo otra vez.
audit-application-remind = recordatorios de una solicitud sin enviar o de un acuerdo sin firmar

## Re-matching
button-rematch = Buscar una nueva pareja
button-rematch-yes = Sí, terminarla y avisar a las dos personas
rematch-heading = ¿Buscar una nueva pareja?
rematch-question = La pareja de { $mentor } (mentoría) y { $mentee } (aprendiz) termina, y { $mentee } vuelve a la búsqueda de pareja.
rematch-ask-who = ¿Quién vuelve a la búsqueda de pareja?
rematch-choose = Elija quién
rematch-who = { $back ->
    [mentee] Solo la persona aprendiz
   *[both] Las dos personas
}
rematch-back = { $back ->
    [mentee] Solo vuelve { $mentee }. A { $mentor } no se le asigna a nadie más en este lugar, salvo que usted pregunte con `/mentorship-admin match one-more` y la respuesta sea sí.
   *[both] Vuelven las dos personas: a { $mentor } se le puede asignar otra persona aprendiz.
} Si faltan personas mentoras, { $mentee } va antes que quienes aún no han tenido pareja.
rematch-in-place = En su canal las dos personas leen esto, desde el { $at }:
rematch-direct = En privado { $person } lee esto, desde el { $at }:
rematch-then = Después se cierra su canal; lo que escribieron se conserva. Las dos personas no vuelven a formar pareja, hasta que usted lo deshaga con `/mentorship-admin match release`. No se forma ninguna pareja nueva antes de que usted la proponga y la publique.
rematch-to-mentee = Su mentoría con { $mentor } ha terminado, y la coordinación busca para usted una nueva persona mentora. Si faltan personas mentoras, usted va antes que quienes aún no han tenido pareja. No necesita hacer nada: le avisaremos aquí cuando la haya. Si tiene alguna pregunta, escriba a { $contact }.
rematch-to-mentor = Su mentoría con { $mentee } ha terminado. Gracias por el tiempo que dedicó. { $back ->
    [mentee] No se le asignará otra persona aprendiz en este lugar, salvo que usted lo desee.
   *[both] La coordinación busca otra persona aprendiz para usted, y le avisaremos aquí cuando la haya.
} No necesita hacer nada. Si tiene alguna pregunta, escriba a { $contact }.
rematch-done = La pareja de { $mentor } y { $mentee } terminó, y se avisará a las dos personas. Para buscar una nueva persona mentora para { $mentee }, proponga parejas ahora.
audit-pair-rematch = pareja terminada para buscar una nueva
refusal-rematch-after-run = El programa terminó el { $at }, así que no queda tiempo para una nueva pareja. Para terminar esta pareja sin buscar otra, use `/mentorship-admin pairs end`.

## Going on after the program
button-extension = Darles más tiempo
button-extension-yes = Sí, darles más tiempo
button-extension-back = Sí, deshacerlo
pair-view-goes-on = Puede seguir hasta el { $at }, después del programa
extension-heading = ¿Hasta cuándo puede seguir esta pareja?
extension-ask = { $mentor } y { $mentee } terminan con el programa el { $at }. Usted puede darles hasta un año más.
extension-agreed = Por ahora pueden seguir hasta el { $at }.
extension-choose = Elija el último día
extension-through = Hasta el { $day } inclusive
extension-take-back = No más que el programa
extension-no-day = No queda ningún día por elegir: una pareja puede seguir como máximo un año después del programa.
extension-other-day = Para otro día, escríbalo en el comando: `/mentorship-admin pairs extend` con la persona y el día.
extension-question = { $mentor } y { $mentee } pueden seguir hasta el { $at }. El programa mismo termina el { $end }.
extension-goes-on = Lo que sigue para las dos personas: la pregunta de cada mes, sus reuniones con recordatorios, y su canal.
extension-waits = Lo que llega más tarde para ellas: la despedida, el certificado y la encuesta final, que tienen abierta tanto tiempo como las demás personas. A quien no la haya respondido se le recuerda una vez, como a las demás personas.
extension-stays = Lo que no cambia: las fechas del programa, las otras parejas, y los meses que muestran los informes.
extension-back-question = { $mentor } y { $mentee } ya no siguen después del programa. Su pareja termina el { $at }.
extension-read = Las dos personas leen esto en su canal, desde el { $at }:
pair-goes-on = Una buena noticia: pueden seguir hasta el { $at }. Hasta entonces pueden fijar reuniones, cada mes se les pregunta si se reunieron, y este canal sigue abierto. La despedida y la encuesta final vienen después. No necesitan hacer nada.
pair-until-the-end = Su mentoría termina con el programa, el { $at }: se deshizo la prórroga. Hasta entonces nada cambia para ustedes. Si tienen alguna pregunta, escriban a { $contact }.
pair-over-now = La prórroga de su mentoría termina hoy. Siguen la despedida y la encuesta final. Si tienen alguna pregunta, escriban a { $contact }.
extension-done = Listo: la pareja de { $mentor } y { $mentee } termina el { $at }, y se avisará a las dos personas. Puede cambiarlo cuando quiera con `/mentorship-admin pairs extend`.
extension-known = La pareja de { $mentor } y { $mentee } ya termina el { $at }, así que nada ha cambiado.
audit-pair-extend = pareja puede seguir después del programa
audit-pair-extend-back = prórroga de una pareja deshecha
refusal-pair-goes-on = Al menos una pareja de la edición que terminó sigue hasta el { $at }, y se la acompaña en esa edición. Prepare la siguiente después de esa fecha. O vea las parejas con `/mentorship-admin pairs list`, y deshaga la prórroga con `/mentorship-admin pairs extend`.
refusal-extension-too-early = Ese día ya pasó, o no es posterior al programa, que termina el { $at }. Nada ha cambiado. Por favor, elija un día posterior con `/mentorship-admin pairs extend`.
refusal-extension-too-late = Una pareja puede seguir como máximo un año después del programa, hasta el { $at }. Nada ha cambiado. Por favor, elija un día anterior con `/mentorship-admin pairs extend`.

## Which pair
pair-label = { $mentor } (mentoría) y { $mentee } (aprendiz)
pair-label-over = { $mentor } (mentoría) y { $mentee } (aprendiz), terminada
pairs-which = ¿De qué pareja se trata?
pairs-which-choose = Elija una pareja
pairs-which-some = Estas son las primeras { $shown } de { $count } parejas. Para encontrar otra, escriba parte de un nombre después del comando.
refusal-no-pair-found = No encontré esa pareja entre las de esta edición. Véalas todas con `/mentorship-admin pairs list`, o use el comando sin nombre y elija.

## Mensajes directos

direct-unread-heading = Lo que quería decirle
direct-unread-intro = No pude escribirle directamente. Esto es lo que quería decirle. Para recibirlo al momento de ahora en adelante, permita en su configuración que le envíe mensajes directos.
direct-unread-at = Del { $at }
direct-unread-file = Con esto venía un archivo que no puedo mostrar aquí: { $name }. Por favor, pídalo a la coordinación.
direct-unread-more = { $count ->
    [one] Le espera un mensaje más.
   *[other] Le esperan { $count } mensajes más.
}
direct-unread-home = { $count ->
    [one] Le espera un mensaje que no pude enviarle directamente.
   *[other] Le esperan { $count } mensajes que no pude enviarle directamente.
} Por favor, léalo aquí.
direct-waits = { $person }, tengo algo que decirle y no puedo escribirle directamente. Escriba { $command } para leerlo; solo usted lo verá.
notice-unreachable = No puedo escribir directamente a { $person }. Lo que tengo que decirle espera hasta que escriba { $command }. { $told ->
    [yes] Se lo avisé en su canal, sin decir de qué se trata. Por favor, pídale que permita mis mensajes directos.
   *[no] No tiene un canal con una pareja donde pueda avisarle: por favor, avísele de otra manera.
}
button-read-on = Leer lo que espera
button-to-home = Ver cómo voy

## Help
help-heading = Qué puede escribir
help-theme-take-part = **Para participar**
help-theme-pair = **Con su pareja de mentoría**
help-theme-after = **Cuando termina el programa**
help-theme-yourself = **Para usted**
help-line = { $command }: { $about }
help-no-need = Pocas veces tendrá que escribir esto: el menú tiene botones para lo que más se usa.
unclear = No entendí “{ $typed }”. Esto es lo que puede escribir:
apology = Algo falló de nuestro lado, y lo sentimos. Lo que ya había enviado está guardado. Por favor, inténtelo de nuevo en un minuto; si vuelve a pasar, dé este código a la coordinación: { $incident }
too-many = Fueron muchas cosas a la vez, y todavía estoy con lo que envió antes. Por favor, espere unos segundos e inténtelo de nuevo.
try-once-more = Justo me estaban reiniciando, así que esto todavía no se hizo. Por favor, inténtelo otra vez en unos segundos.
form-expired = Este botón ya no se usa. Abra su menú con `/mentorship home`.

## Refusals
refusal-season-missing = Aquí todavía no hay una edición del programa de mentoría. Por favor, pregunte a la coordinación.
refusal-season-exists = Esta edición ya existe. Puede verla con `/mentorship-admin season show`.
refusal-season-closed = Esta edición cerró el { $at } y ya no se puede cambiar nada en ella. Si tiene alguna pregunta, hable con la coordinación.
refusal-applications-not-open = Las solicitudes todavía no se abren. Se abren el { $at }.
refusal-applications-closed = El plazo de solicitudes cerró el { $at }. Sus respuestas están guardadas, pero ya no se pueden enviar. Si cree que hay un error, hable con la coordinación.
refusal-applications-still-open = Las parejas se forman cuando las solicitudes están cerradas. Siguen abiertas hasta el { $at }; espere hasta entonces o ciérrelas ahora con `/mentorship-admin season close-applications`.
refusal-no-application = No tiene una solicitud en esta edición. Puede comenzar una con `/mentorship apply` mientras el plazo esté abierto.
refusal-named-has-no-application = Esta persona no ha enviado una solicitud en esta edición. Puede empezar con `/mentorship apply` mientras las solicitudes estén abiertas.
refusal-already-applied = Ya tiene una solicitud con el otro papel. Si quiere cambiar de papel, retire primero esa solicitud con `/mentorship withdraw`.
refusal-answers-missing = Faltan algunas preguntas obligatorias: { $questions }. Lo que ya respondió está guardado. Responda estas preguntas y vuelva a enviar su solicitud.
refusal-unknown-question = Esta pregunta ya no se hace. Abra su solicitud de nuevo con `/mentorship apply`.
refusal-answer = { $question }: { $fault }
refusal-application-step = Esto no es posible ahora, porque la solicitud { $state ->
    [draft] todavía no se ha enviado
    [submitted] ya está recibida
    [not_on_roster] espera que se revise la lista de participantes
    [accepted] ya está aceptada
    [wait_listed] está en la lista de espera
    [declined] no fue aceptada
   *[withdrawn] está retirada
}.
refusal-not-on-roster = Esta persona no está en la lista de participantes actuales. Si pertenece al programa, acéptela por su nombre.
refusal-roster-inactive = Según la lista, esta persona ya no participa. Si es un error, corrija primero la lista.
refusal-reason-missing = Por favor, escriba un motivo; lo leerá quien envió la solicitud.
refusal-not-participant = Solo pueden hacer eso las personas aceptadas en esta edición. Vea cómo va su participación con `/mentorship status`.
refusal-season-on = Esta edición sigue hasta el { $at }. La próxima se puede preparar después, para que nada de esta quede a medias.
refusal-undo-over = Esto ya no se puede deshacer con el botón: pasaron más de diez minutos, la fecha cambió otra vez o el cambio ya tuvo consecuencias. Puede volver a la fecha anterior con `/mentorship-admin season move`; se avisará a quienes corresponda.
refusal-not-coordinator = Solo la coordinación puede hacer eso. Si usted debería formar parte de ella, pida a la coordinación que le agregue.
refusal-groups-unknown = En este momento no puedo ver en qué grupos está usted, y por eso no sé si forma parte de la coordinación. Por favor, inténtelo de nuevo en un minuto, y en un canal en lugar de un mensaje directo.
refusal-nobody-named = Por favor, indique una persona o un grupo. Un grupo al que pertenece todo el mundo no puede coordinar el programa.
refusal-not-owner = Solo quien es dueño de este servidor o espacio de trabajo puede hacer eso. Por favor, pídaselo.
refusal-not-your-button = Este botón es para otra persona. Los suyos están en `/mentorship home`.
refusal-roster-file-gone = Esta pregunta sobre un archivo de la lista de participantes está cerrada: ya se respondió, o pasó más de una hora. Importe el archivo de nuevo con `/mentorship-admin roster import`.
refusal-roster-under-way = En este momento se está importando una lista larga de participantes. Espere a que el canal de la coordinación diga que terminó y vuelva a intentarlo.
refusal-roster-changed-since = Esta importación ya no se puede deshacer, porque la lista ha cambiado desde entonces, han pasado algunos días o ya se deshizo. Importe un archivo que diga lo que usted quiere.
refusal-expired = Este botón es demasiado antiguo. Abra su menú con `/mentorship home`.
refusal-unknown-person = Todavía no conozco a esta persona. Pídale que escriba `/mentorship home` una vez y vuelva a intentarlo.
refusal-nothing-to-propose = Todavía no hay con quién formar parejas: hace falta aceptar al menos a una persona como aprendiz y a otra como mentor o mentora.
refusal-nothing-to-publish = No hay una propuesta para publicar. Proponga primero las parejas con `/mentorship-admin match propose`.
refusal-already-published = Estas parejas ya están publicadas. Puede verlas con `/mentorship-admin pairs list`.
refusal-pin-impossible = No se puede fijar esta pareja: { $rule ->
    [oneself] es la misma persona
    [own-supervisor] una persona supervisa a la otra
    [forbidden] la pareja está prohibida
   *[same-library-system] trabajan en el mismo sistema bibliotecario
}.
refusal-over-capacity = Esta persona ofreció orientar a { $capacity ->
    [one] una sola persona
   *[other] { $capacity } personas
}. Por favor, no le asigne más.
refusal-pinned-twice = La misma persona aprendiz está fijada en dos parejas. Por favor, deje solo una de las dos.
refusal-not-waiting-for-match = { $role ->
    [mentee] Esta persona no es aprendiz de esta edición con solicitud aceptada. Vea quién ha enviado una solicitud con `/mentorship-admin applications queue`.
   *[mentor] Esta persona no es mentor o mentora de esta edición. Vea quién ha enviado una solicitud con `/mentorship-admin applications queue`.
}
refusal-not-in-proposal = En la última propuesta no está alguien a quien usted nombró, o no tiene pareja. Véala con `/mentorship-admin match show`.
refusal-nothing-ruled = No se decidió nada sobre esta pareja, así que no hay nada que deshacer. Vea todas las decisiones con `/mentorship-admin match show`.
refusal-no-pair = No tiene pareja de mentoría en esta edición. Vea cómo va su participación con `/mentorship status`.
refusal-pair-ended = Esta mentoría ya terminó. Vea cómo va su participación con `/mentorship status`.
refusal-pair-not-introduced = Esta pareja todavía no se ha presentado. La presentación llegará en un canal privado propio.
refusal-meeting-past = Ese momento ya pasó. Por favor, elija una hora que esté por venir. Para anotar una reunión que ya tuvo lugar, escriba `/mentorship meeting log`.
refusal-meeting-after-run = El programa termina el { $at } y entonces se cierra su canal. Por favor, elija una hora anterior. Lo que acuerden para después queda entre ustedes.
refusal-meeting-to-come = Ese momento todavía no llega. Para fijar una reunión, escriba `/mentorship meeting set`.
refusal-meeting-before-pair = Ustedes se presentaron el { $at }. Por favor, elija una hora posterior.
refusal-meeting-settled = Esta reunión cambió entretanto, así que no se hizo nada. Vea cómo está con `/mentorship meeting list`.
refusal-meetings-too-many = Ustedes ya tienen muchas reuniones por delante. Por favor, cancele una primero; las encuentra con `/mentorship meeting list`.
refusal-question-missing = Su pregunta no tenía palabras, así que no se envió nada. Por favor, escríbala con `/mentorship ask`.
refusal-pair-still-live = Esta mentoría todavía no ha terminado.
refusal-in-pair = Esta persona tiene pareja de mentoría, así que ahora no es posible. Si desea dejarla, pídale que escriba `/mentorship withdraw`.
refusal-not-a-name = Por favor, escriba su nombre con letras, como firmaría una carta.
refusal-already-signed = Usted ya firmó. No tiene que hacer nada más.
refusal-agreement-changed = El acuerdo cambió desde que usted lo abrió. Por favor, lea el nuevo texto con `/mentorship agreement` y firme ese.
refusal-survey-not-open = La encuesta final se abre cuando termina el programa: { $at }. Recibirá un mensaje entonces.
refusal-survey-closed = La encuesta final se cerró el { $at }. Lo que había enviado hasta entonces lo tiene la coordinación. Si todavía quiere decir algo, escriba a la coordinación.
refusal-survey-late = La encuesta final se cerró el { $at }, así que esto ya no se pudo enviar. Lo que acaba de escribir se guardó como borrador que solo usted puede obtener, con `/mentorship my-data export`. Si quiere que la coordinación lo sepa, escríbale, por favor.
refusal-certificate-not-yet = Su certificado llega cuando termina el programa: { $at }. Lo recibirá en un mensaje directo.
refusal-no-certificate = Los certificados son para las parejas que participaron hasta el final del programa. Si necesita una carta sobre el tiempo que dedicó, escriba a la coordinación, que con gusto le ayudará.
refusal-no-survey = En esta edición no hay encuesta final. Si quiere decir algo, escriba a la coordinación.
refusal-last-coordinator = Usted es la única persona en la coordinación. Por favor, nombre antes a otra persona con `/mentorship-admin coordinators add`, para que el programa no se quede solo. Después podrá borrar todo sobre usted.
refusal-not-a-date = No pude leer esta fecha. Por favor, escríbala así: `2025-02-17` o `2025-02-17 23:59` (zona horaria { $zone }).
refusal-announcement-empty = No había palabras que enviar, así que no se envió nada. Por favor, abra otra vez el formulario y escriba lo que quiere decir.
refusal-pair-note-empty = No había palabras que enviar, así que no se envió nada. Por favor, abra otra vez el formulario y escriba lo que quiere decir a la pareja.
refusal-nobody-to-tell = Todavía nadie leería esto. Aprendices, mentoras y mentores cuentan cuando su solicitud está aceptada; las parejas, cuando están presentadas.
refusal-nobody-to-remind = Nadie ha dejado una solicitud sin enviar y no queda ningún acuerdo por firmar. Por ahora no hay a quién recordarle nada.
refusal-announcement-settled = Este anuncio ya se envió o se dejó. No se envió nada otra vez. Para decir algo nuevo, use `/mentorship-admin announce`.
refusal-not-a-cron-line = No pude leer estas fechas, y no cambió nada. Una línea cron tiene minuto, hora, día del mes, mes y día de la semana, por ejemplo `0 10 20 * *` para el día 20 a las 10:00. O use `/mentorship-admin nudges schedule` sin más, y elija.
refusal-cron-too-often = Con esta línea la pregunta llegaría más de una vez al día. No cambió nada. Por favor, elija una sola hora del día, por ejemplo `0 10 20 * *` para el día 20 a las 10:00.
refusal-cron-never = Con esta línea la pregunta nunca llegaría mientras dure el programa. No cambió nada. Por favor, elija otras fechas con `/mentorship-admin nudges schedule`.
refusal-nudges-paused = La pregunta mensual está en pausa, así que no se pregunta a nadie. Reanúdela antes con `/mentorship-admin nudges resume`.
refusal-confirmation-old = Esta pregunta es demasiado antigua, y lo que decía puede haber cambiado. No se hizo nada. Por favor, use el comando otra vez.
refusal-named-has-no-pair = Esta persona no está en ninguna pareja de esta edición. Vea todas las parejas con `/mentorship-admin pairs list`.
refusal-named-pair-ended = Esta pareja ya terminó, y no se hizo nada otra vez. Vea todas las parejas con `/mentorship-admin pairs list`.
refusal-concern-taken = Otra persona de la coordinación ya atiende este asunto. Con `/mentorship-admin concerns list` ve quién es y puede pedir que pase a usted.
refusal-concern-resolved = Este asunto ya está resuelto. No queda nada por hacer.
refusal-resolution-missing = Su nota no tenía palabras, así que todavía no se ha resuelto nada. Por favor, escriba en una frase en qué quedó.
refusal-date-order = Así las fechas quedarían en desorden: “{ $name ->
    [applications_open] Apertura de solicitudes
    [applications_close] Cierre de solicitudes
    [agreements_due] Fecha límite para firmar el acuerdo
    [runs_from] Inicio del programa
    [runs_until] Fin del programa
   *[wrap_up_until] Cierre de la edición
}” no puede ser antes de “{ $earlier ->
    [applications_open] Apertura de solicitudes
    [applications_close] Cierre de solicitudes
    [agreements_due] Fecha límite para firmar el acuerdo
    [runs_from] Inicio del programa
    [runs_until] Fin del programa
   *[wrap_up_until] Cierre de la edición
}”. Por favor, elija otra fecha.
answer-too-long = Tiene { $length } caracteres y caben como máximo { $max }. Por favor, acórtelo un poco.
answer-unknown-option = Por favor, elija una de las opciones.
answer-too-few = { $min ->
    [one] Por favor, elija al menos una.
   *[other] Por favor, elija al menos { $min }.
}
answer-too-many = { $max ->
    [one] Por favor, elija solo una.
   *[other] Por favor, elija como máximo { $max }.
}
answer-not-a-number = Por favor, escriba un número entero del { $min } al { $max }.
answer-not-yes-or-no = Por favor, responda sí o no.

## Commands
command-mentorship = El programa de mentoría: participar, ver cómo va, contar si se reunieron
command-mentorship-home = Cómo va su participación, qué sigue y sus botones
command-mentorship-about = Qué es el programa y en qué fechas se realiza
command-mentorship-apply = Comenzar, continuar o cambiar su solicitud
command-mentorship-apply-role = Como aprendiz o como mentor o mentora
command-mentorship-apply-role-mentee = Aprendiz: estudio una carrera en bibliotecología
command-mentorship-apply-role-mentor = Mentor o mentora: tengo un puesto de gestión en una biblioteca
command-mentorship-status = Cómo va su solicitud
command-mentorship-agreement = Leer y firmar el acuerdo de mentoría
command-mentorship-check-in = Contar si se reunieron este mes
command-mentorship-settings = Idioma, zona horaria, horario y dónde le pregunto
command-mentorship-snooze = Pausar mis preguntas por un tiempo
command-mentorship-snooze-until = Hasta qué día, por ejemplo 14 de abril o el próximo lunes
command-mentorship-meeting = Sus reuniones: fijar, anotar, ver
command-mentorship-meeting-set = Fijar la próxima reunión
command-mentorship-meeting-set-when = Fecha y hora: el martes a las 14h. Sin nada se abre un formulario
command-mentorship-meeting-log = Anotar una reunión que ya tuvo lugar
command-mentorship-meeting-log-when = Fecha y hora: ayer a las 14h. Sin nada se abre un formulario
command-mentorship-meeting-list = Sus reuniones y a quién le toca
command-mentorship-how-often = Con qué frecuencia quieren reunirse
command-mentorship-ask = Preguntar algo a la coordinación
command-mentorship-ask-question = Su pregunta; solo la lee la coordinación
command-mentorship-withdraw = Retirar su solicitud o dejar su pareja de mentoría
command-mentorship-survey = Responder la encuesta final, o cambiar sus respuestas
command-mentorship-certificate = Recibir su certificado
command-mentorship-my-data = Lo que se guarda sobre usted
command-mentorship-my-data-export = Recibir una copia de todo lo que se guarda sobre usted
command-mentorship-my-data-delete = Borrar todo lo que se guarda sobre usted
command-mentorship-help = Qué puede escribir
command-mentorship-admin = Para la coordinación: edición, solicitudes, emparejamiento y parejas
command-mentorship-admin-season = La edición y sus fechas
command-mentorship-admin-season-show = Etapa, fechas y cifras
command-mentorship-admin-season-move = Cambiar una fecha; se avisa a quienes afecta
command-mentorship-admin-season-move-date = Qué fecha
command-mentorship-admin-season-move-date-applications-open = Apertura de solicitudes
command-mentorship-admin-season-move-date-applications-close = Cierre de solicitudes
command-mentorship-admin-season-move-date-agreements-due = Fecha límite para firmar el acuerdo
command-mentorship-admin-season-move-date-runs-from = Inicio del programa
command-mentorship-admin-season-move-date-runs-until = Fin del programa
command-mentorship-admin-season-move-date-wrap-up-until = Cierre de la edición
command-mentorship-admin-season-move-to = La nueva fecha: 2025-02-17 o 2025-02-17 23:59
command-mentorship-admin-season-create = Preparar la próxima edición, cuando esta esté cerrada
command-mentorship-admin-season-close-applications = Cerrar las solicitudes ahora
command-mentorship-admin-roster = Lista de participantes
command-mentorship-admin-roster-import = Importar la lista de participantes desde un archivo
command-mentorship-admin-roster-import-file = La lista como archivo CSV
command-mentorship-admin-roster-list = Ver la lista de participantes
command-mentorship-admin-roster-list-search = Parte de un nombre, de una biblioteca o de un correo
command-mentorship-admin-roster-show = La línea de una persona, con lo que se sabe de ella
command-mentorship-admin-roster-show-person = Qué persona
command-mentorship-admin-roster-link = Decir qué línea de la lista es de una persona
command-mentorship-admin-roster-link-person = Qué persona
command-mentorship-admin-roster-link-search = Parte del nombre, la biblioteca o el correo de la línea
command-mentorship-admin-roster-unlink = Separar a una persona de su línea de la lista
command-mentorship-admin-roster-unlink-person = Qué persona
command-mentorship-admin-applications = Solicitudes
command-mentorship-admin-applications-queue = Quién espera una decisión
command-mentorship-admin-applications-show = Leer una solicitud y decidir sobre ella
command-mentorship-admin-applications-show-person = Qué persona
command-mentorship-admin-applications-accept-all = Aceptar todas las solicitudes elegibles
command-mentorship-admin-applications-accept = Aceptar a una persona, aunque no esté en la lista
command-mentorship-admin-applications-accept-person = Qué persona
command-mentorship-admin-applications-wait-list = Poner a una persona en la lista de espera
command-mentorship-admin-applications-wait-list-person = Qué persona
command-mentorship-admin-applications-decline = Rechazar una solicitud, con el motivo
command-mentorship-admin-applications-decline-person = Qué persona
command-mentorship-admin-applications-decline-reason = El motivo; la persona lo leerá
command-mentorship-admin-applications-remind = Recordar lo que falta enviar o firmar; muestra antes a quién
command-mentorship-admin-match = Emparejamiento
command-mentorship-admin-match-propose = Proponer parejas; todavía no se avisa a nadie
command-mentorship-admin-match-show = Ver la propuesta más reciente
command-mentorship-admin-match-why = Qué dice la propuesta de una persona, y por qué
command-mentorship-admin-match-why-person = Qué persona
command-mentorship-admin-match-pin = Fijar una pareja; antes muestra lo que cuesta
command-mentorship-admin-match-pin-mentee = La persona aprendiz
command-mentorship-admin-match-pin-mentor = La mentora o el mentor
command-mentorship-admin-match-forbid = Mantener aparte a dos personas; antes muestra lo que cuesta
command-mentorship-admin-match-forbid-mentee = La persona aprendiz
command-mentorship-admin-match-forbid-mentor = La mentora o el mentor
command-mentorship-admin-match-swap = Intercambiar las parejas de dos aprendices; antes muestra lo que cuesta
command-mentorship-admin-match-swap-one = Una persona aprendiz
command-mentorship-admin-match-swap-other = La otra persona aprendiz
command-mentorship-admin-match-release = Deshacer una pareja fija o lo que mantiene aparte a dos personas
command-mentorship-admin-match-release-mentee = La persona aprendiz
command-mentorship-admin-match-release-mentor = La mentora o el mentor
command-mentorship-admin-match-one-more = Qué se ganaría con un lugar más de una mentora o un mentor
command-mentorship-admin-match-one-more-mentor = La mentora o el mentor
command-mentorship-admin-match-publish = Publicar la propuesta más reciente y presentar a las parejas
command-mentorship-admin-pairs = Parejas
command-mentorship-admin-pairs-list = Todas las parejas y cómo van este mes
command-mentorship-admin-pairs-show = Las parejas de una persona, y qué puede hacer
command-mentorship-admin-pairs-show-person = La persona mentora o aprendiz
command-mentorship-admin-pairs-show-pair = O la pareja, por parte de un nombre
command-mentorship-admin-pairs-log = Anotar una reunión de una pareja
command-mentorship-admin-pairs-log-person = La persona mentora o aprendiz
command-mentorship-admin-pairs-log-pair = O la pareja, por parte de un nombre
command-mentorship-admin-pairs-log-when = Fecha y hora: ayer 14:00. Sin ella se abre un formulario
command-mentorship-admin-pairs-extend = Dar más tiempo a una pareja; muestra antes qué cambia
command-mentorship-admin-pairs-extend-person = La persona mentora o aprendiz
command-mentorship-admin-pairs-extend-pair = O la pareja, por parte de un nombre
command-mentorship-admin-pairs-extend-until = El último día: 2025-09-30. Sin él se elige de una lista
command-mentorship-admin-pairs-rematch = Terminar una pareja y buscar otra; muestra antes qué se dice a quién
command-mentorship-admin-pairs-rematch-person = La persona mentora o aprendiz
command-mentorship-admin-pairs-rematch-pair = O la pareja, por parte de un nombre
command-mentorship-admin-pairs-end = Terminar una pareja; muestra antes qué se dice a quién
command-mentorship-admin-pairs-end-person = La persona mentora o aprendiz
command-mentorship-admin-pairs-end-pair = O la pareja, por parte de un nombre
command-mentorship-admin-nudges = La pregunta mensual
command-mentorship-admin-nudges-preview = A quién se preguntaría ahora
command-mentorship-admin-announce = Decir algo a muchos; muestra antes quién lee qué
command-mentorship-admin-announce-to = Quién lo lee
command-mentorship-admin-announce-to-mentees = Aprendices
command-mentorship-admin-announce-to-mentors = Mentoras y mentores
command-mentorship-admin-announce-to-pairs = Parejas, en sus canales
command-mentorship-admin-announce-to-everyone = Aprendices, mentoras y mentores
command-mentorship-admin-nudges-send-now = Hacer ahora la pregunta del mes; muestra antes a quién
command-mentorship-admin-nudges-pause = Poner en pausa la pregunta mensual para todas las personas
command-mentorship-admin-nudges-resume = Reanudar la pregunta mensual; muestra antes a quién
command-mentorship-admin-nudges-schedule = Cuándo se hace la pregunta mensual, y otras fechas
command-mentorship-admin-nudges-schedule-cron = Una línea cron: 0 10 20 * *. Sin ella, elige de una lista
command-mentorship-admin-concerns = Lo que necesita a la coordinación
command-mentorship-admin-concerns-list = Qué espera atención, y quién lo atiende
command-mentorship-admin-report = Informes
command-mentorship-admin-report-overview = La edición de un vistazo: una imagen y sus cifras
command-mentorship-admin-report-meetings = Cada pareja mes por mes: imágenes y una hoja de cálculo
command-mentorship-admin-report-stuck = Parejas sin reunión o sin noticias, y cómo escribirles
command-mentorship-admin-report-participation = Cuántas personas firmaron, respondieron y dieron la encuesta, sin nombres
command-mentorship-admin-report-grant = Las cifras en papel para un informe de subvención, sin nombres
command-mentorship-admin-report-export = La edición como archivos para una hoja de cálculo o un informe
command-mentorship-admin-report-export-format = Qué tipo de archivo
command-mentorship-admin-report-export-format-xlsx = Un libro de Excel
command-mentorship-admin-report-export-format-csv = Archivos CSV
command-mentorship-admin-coordinators = Coordinación
command-mentorship-admin-coordinators-list = Quiénes forman la coordinación
command-mentorship-admin-coordinators-add = Agregar a alguien, o a todo un grupo, a la coordinación
command-mentorship-admin-coordinators-add-person = Qué persona
command-mentorship-admin-coordinators-add-group = Qué grupo, como todas las personas con un mismo rol
command-mentorship-admin-coordinators-remove = Quitar a alguien, o a un grupo, de la coordinación
command-mentorship-admin-coordinators-remove-person = Qué persona
command-mentorship-admin-coordinators-remove-group = Qué grupo, como todas las personas con un mismo rol
command-mentorship-admin-audit = Quién hizo qué
command-mentorship-admin-audit-show = Quién hizo qué, y cuándo
command-mentorship-admin-audit-show-person = Solo lo que hizo una persona o se hizo con ella
command-mentorship-admin-audit-show-action = Solo un tipo de cosa
command-mentorship-admin-audit-show-action-season = La edición y sus fechas
command-mentorship-admin-audit-show-action-roster = La lista de participantes
command-mentorship-admin-audit-show-action-applications = Solicitudes y acuerdos
command-mentorship-admin-audit-show-action-matching = Formación de parejas
command-mentorship-admin-audit-show-action-pairs = Parejas
command-mentorship-admin-audit-show-action-nudges = La pregunta mensual
command-mentorship-admin-audit-show-action-announcements = Anuncios y mensajes sin entregar
command-mentorship-admin-audit-show-action-concerns = Asuntos
command-mentorship-admin-audit-show-action-coordinators = Coordinación
command-mentorship-admin-audit-show-action-reports = Exportaciones y datos personales
command-mentorship-admin-audit-show-since = Solo desde un día: ayer, 1 de marzo o 2025-03-01
command-mentorship-admin-audit-export = Todo el registro en un archivo para una hoja de cálculo
command-mentorship-admin-help = Qué puede escribir la coordinación

## A pair's place is gone
place-lost = El canal privado de { $mentor } (mentoría) y { $mentee } (aprendiz) ya no existe: alguien lo eliminó o lo cerró, o me sacó de él. Siguen siendo pareja y se conservan sus fechas y reuniones.
place-lost-next = Si no sabe qué pasó, pregúnteles. Presione el botón y abriré un canal nuevo para las dos personas. Hasta entonces guardo lo que tengo que decirles en común.
place-lost-note = Se abrió un canal nuevo para la pareja.
button-reopen-pair = Abrirles un canal nuevo
pair-place-reopened = Estoy abriendo un canal nuevo para { $mentor } y { $mentee }. Allí encontrarán lo que tuve que guardarles.
pair-place-is-there = { $mentor } y { $mentee } tienen un canal, o se está abriendo en este momento. No queda nada por hacer.
place-new-heading = Su canal nuevo
place-new = { $mentor } y { $mentee }, este es su nuevo canal privado. El anterior ya no existe y no puedo recuperar lo que escribieron en él. Todo lo demás sigue igual: siguen siendo pareja y se conservan las reuniones que fijaron.
pair-view-place-lost = Su canal ya no existe. Lo que tengo que decirles en común espera
