{{ crm_warehouse.judged('crm', 'service_tickets') }}
