# escape=`
FROM mcr.example.test/windows/servercore:ltsc2022
SHELL ["powershell", "-Command"]
RUN Write-Host `
    'hello' `
    -ForegroundColor Red
COPY app.exe C:\app\
WORKDIR C:\app
CMD ["app.exe"]
